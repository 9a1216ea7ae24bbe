import Daemon
import Testing

@Suite struct KnownSessionTests {
    @Test(
        arguments: [
            (1000, 30, "1", "30", "900", "0.9"), (1500, 30, "1", "30", "1350", "1.35"),
            (5000, 90, "5", "90", "4500", "4.5"), (60_000, 10_800, "60", "10800", "54000", "54.0"),
        ] as [(Int64, Int64, String, String, String, String)]
    )
    func `one statement bounds everything below the query timeout`(
        _ milliseconds: Int64,
        _ idle: Int64,
        _ write: String,
        _ wait: String,
        _ execution: String,
        _ statement: String
    ) {
        let session = KnownSession(queryTimeout: .milliseconds(milliseconds), idleLimit: .seconds(idle))
        #expect(
            session.statement == """
                SET SESSION autocommit = 1, sql_mode = '', sql_quote_show_create = 1, \
                sql_select_limit = 18446744073709551615, max_join_size = 18446744073709551615, \
                sql_big_selects = 1, character_set_client = utf8mb4, character_set_results = utf8mb4, \
                lock_wait_timeout = 1, net_write_timeout = \(write), wait_timeout = \(wait) \
                /*!50708 , max_execution_time = \(execution) */ /*!50720 , transaction_read_only = 0 */ \
                /*M! , max_statement_time = \(statement) */ /*M! , tx_read_only = 0 */ \
                /*M! , max_session_mem_used = 9223372036854775807 */ /*M! , sort_buffer_size = 2097152 */
                """
        )
    }
}
