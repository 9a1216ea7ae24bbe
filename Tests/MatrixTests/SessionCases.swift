import Daemon
import HostCacheCore
import MariaDBClient
import Secrets
import TestSupport
import TestTraits
import Testing

extension Matrix {
    /// What global settings and given-up connections do to our own, on each server.
    @Suite(.reported) struct SessionCases {
        /// What a server may have set for all new sessions, each of which would hide rows, refuse a flush or end the
        /// session.
        private static func hostile(_ kind: Kind) -> [(variable: String, value: String)] {
            let shared = [
                ("autocommit", "0"), ("sql_mode", "'ANSI_QUOTES'"), ("sql_quote_show_create", "0"),
                ("sql_select_limit", "1"), ("max_join_size", "1"), ("lock_wait_timeout", "86400"),
                ("net_write_timeout", "3600"), ("wait_timeout", "1"), ("init_connect", "'SET NAMES latin1'"),
            ]
            return switch kind.flavour {
            case .mariadb:
                shared + [
                    ("max_statement_time", "0.000001"), ("tx_read_only", "1"),
                    ("max_session_mem_used", "65536"), ("sort_buffer_size", "1024"),
                ]
            case .mysql: shared + [("max_execution_time", "1"), ("transaction_read_only", "1")]
            }
        }

        /// The same on the session, as a known one has it.
        private static func known(_ kind: Kind) -> [(variable: String, value: String)] {
            let most = "18446744073709551615"
            let shared = [
                ("autocommit", "1"), ("sql_mode", ""), ("sql_quote_show_create", "1"),
                ("sql_select_limit", most), ("max_join_size", most), ("lock_wait_timeout", "1"),
                ("net_write_timeout", "10"), ("wait_timeout", "90"), ("character_set_results", "utf8mb4"),
            ]
            return switch kind.flavour {
            case .mariadb:
                shared + [
                    ("max_statement_time", "9.000000"), ("tx_read_only", "0"),
                    ("max_session_mem_used", "9223372036854775807"), ("sort_buffer_size", "2097152"),
                ]
            case .mysql: shared + [("max_execution_time", "9000"), ("transaction_read_only", "0")]
            }
        }

        /// Runs `body` while the server gives every new session those settings, and puts them back.
        private func withHostileSettings(
            _ subject: Subject,
            _ body: () async throws -> Void
        ) async throws {
            let hostile = Self.hostile(subject.kind)
            // On one session, which keeps what it began with.
            let changes = hostile.map { "SET GLOBAL \($0.variable) = \($0.value)" }
            let resets = hostile.map { "SET GLOBAL \($0.variable) = DEFAULT" }
            _ = try await subject.server.sql(changes.joined(separator: "; "))
            do {
                try await body()
            } catch {
                _ = try await subject.server.sql(resets.joined(separator: "; "))
                throw error
            }
            _ = try await subject.server.sql(resets.joined(separator: "; "))
        }

        @Test(arguments: Kind.matrix)
        func `session: no global setting reaches it`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(99)
                try await subject.spend(1, from: "127.0.0.3")
                let user = kind.flavour == .mysql ? "truncater" : "hostcached"
                if kind.flavour == .mysql {
                    // TRUNCATE alone is refused in a session that is read-only.
                    _ = try await subject.server.sql(
                        """
                        CREATE USER truncater@'%' IDENTIFIED BY 'truncater'; \
                        GRANT SELECT, DROP ON performance_schema.host_cache TO truncater@'%'
                        """
                    )
                }
                try await withHostileSettings(subject) {
                    let session = try await subject.session(user)
                    try await KnownSession(queryTimeout: .seconds(10), idleLimit: .seconds(90)).begin(session)
                    for (variable, value) in Self.known(kind) {
                        let rows = try await session.query("SELECT @@session.\(variable)").rows
                        #expect(rows.map(\.values) == [[value]], "\(variable)")
                    }
                    let read = try await ObservationReader(endpoint: "matrix", timekeeper: .live()).read(
                        session
                    )
                    #expect(
                        Set(read.rows.map(\.address)).isSuperset(of: [Subject.balancer, "127.0.0.3"]),
                        "all rows"
                    )
                    #expect(read.privileges.maySee == true)
                    let flush: FlushStatement = kind.flavour == .mysql ? .truncate : .flush
                    _ = try await session.query(flush.sql)
                    await session.close()
                }
                #expect(try await subject.row() == nil)
                if kind.flavour == .mysql { _ = try await subject.server.sql("DROP USER truncater@'%'") }
            }
        }

        @Test(arguments: Kind.matrix)
        func `session: what a server refuses stops nothing else`(_ kind: Kind) async throws {
            try kind.skipUnlessExpected()
            // A value past the maximum is refused in this mode, and with it the whole statement.
            let options = ["--maximum-net-write-timeout=3", "--sql-mode=STRICT_ALL_TABLES"]
            try await ThrowawayServer.with(kind, options: options) { server in
                let endpoint = Endpoint(
                    address: .tcp(host: "127.0.0.1", port: server.port),
                    tls: .disabled,
                    sourceAddress: nil,
                    connectTimeout: .seconds(30),
                    queryTimeout: .seconds(10)
                )
                let login = Login(user: "hostcached", password: Secret("watch"))
                let session = try await Session.connect(to: endpoint, as: login)
                let known = KnownSession(queryTimeout: .seconds(10), idleLimit: .seconds(90))
                await #expect(throws: MariaDBError.self) { try await session.query(known.statement) }
                try await known.begin(session)
                for (variable, value) in Self.known(kind) where variable != "net_write_timeout" {
                    let rows = try await session.query("SELECT @@session.\(variable)").rows
                    #expect(rows.map(\.values) == [[value]], "\(variable)")
                }
                await session.close()
            }
        }

        @Test(arguments: Kind.matrix)
        func `ghost: the next connection ends it, and its lock is ours`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let ghosts = Ghosts()
                let sleep = "SELECT SLEEP(300)"
                var endpoint = subject.endpoint()
                endpoint.queryTimeout = .milliseconds(1500)
                let left = try await Session.connect(
                    to: endpoint,
                    as: Login(user: "hostcached", password: Secret("watch"))
                )
                _ = try await left.query(LeadershipLock.take)
                await #expect(throws: MariaDBError.self) {
                    _ = try await left.query(sleep + ObservationReader.mark)
                }
                let wasIdle = await left.close()
                #expect(!wasIdle)
                let running = """
                    SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE ID = \(left.connectionID)
                    """
                // Neither server looks whether the client of a statement is still there.
                #expect(try await subject.server.sql(running) == "1")

                ghosts.add(left.connectionID, openedAt: Timekeeper.live().now())
                let next = try await ServerConnection.open(
                    subject.endpoint(),
                    as: Login(user: "hostcached", password: Secret("watch")),
                    named: "matrix",
                    idleLimit: .seconds(30),
                    ghosts: ghosts,
                    timekeeper: .live()
                )
                #expect(try await next.seekLeadership() == .holder)
                _ = try await next.observe()
                try await waitUntil("\(kind) has ended the ghost") {
                    try await subject.server.sql(running) == "0"
                }
                #expect(try await next.seekLeadership() == .holder)
                #expect(
                    try await subject.server.sql("SELECT IS_USED_LOCK('hostcached') <> \(left.connectionID)")
                        == "1"
                )
                await next.close()
            }
        }

        @Test(arguments: Kind.matrix)
        func `ghost: a number that another has by now is left alone`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let other = try await subject.session("app")
                let ghosts = Ghosts()
                ghosts.add(other.connectionID, openedAt: Timekeeper.live().now())
                let next = try await ServerConnection.open(
                    subject.endpoint(),
                    as: Login(user: "hostcached", password: Secret("watch")),
                    named: "matrix",
                    idleLimit: .seconds(30),
                    ghosts: ghosts,
                    timekeeper: .live()
                )
                _ = try await next.observe()
                #expect(try await other.query("SELECT 1").rows.map(\.values) == [["1"]])
                await next.close()
                await other.close()
            }
        }
    }
}
