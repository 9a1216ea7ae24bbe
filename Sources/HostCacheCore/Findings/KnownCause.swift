/// Why a server refuses something for a reason that its own words leave open, and what to do about it.
///
/// By the server's error codes (MySQL's Server Error Message Reference, MariaDB's error code list); the log and the
/// findings both say it in these words.
package struct KnownCause: Hashable, Sendable {
    /// What is so at the server, in one clause.
    package var cause: String
    /// What a person can do.
    package var advice: String

    /// The cause of a server's error; nil for a code whose message says it all, and for none.
    package init?(code: UInt32?) {
        switch code {
        case 1_040:
            cause = "all of the server's max_connections are taken"
            advice = "find out what holds them (SHOW PROCESSLIST), or raise max_connections"
        case 1_047:
            cause = "the Galera node is not Primary: cut off from its cluster, it answers nothing"
            advice = "see wsrep_cluster_status and the node's error log; hostcached goes on once it is back"
        case 1_104:
            cause = "max_join_size of the server forbids reading that many rows"
            advice = "SET GLOBAL max_join_size = DEFAULT"
        case 1_203, 1_226:
            cause = "the connections that the account may have are taken (max_user_connections)"
            advice = "allow the account two at least: ALTER USER … WITH MAX_USER_CONNECTIONS 2"
        case 1_205:
            cause =
                "somebody's lock on the host cache's table did not end in time: a backup (LOCK INSTANCE FOR BACKUP, "
                + "FLUSH TABLES WITH READ LOCK), or an open transaction that has read it"
            advice =
                "let the backup or the transaction end; performance_schema.metadata_locks shows who holds the lock"
        case 1_290:
            cause = "an option of the server forbids it, such as read_only or super_read_only"
            advice = "the message names the option; on a replica use a statement that it allows (flush_with)"
        case 1_792:
            cause = "transactions are read-only on this server: transaction_read_only is ON"
            advice = "SET GLOBAL transaction_read_only = OFF, or leave flush_with at \"auto\""
        case 4_150:
            cause = "the account is locked after too many refused passwords (max_password_errors)"
            advice =
                "correct the password here and wherever it is used, then unlock the account with FLUSH PRIVILEGES"
        default:
            return nil
        }
    }
}
