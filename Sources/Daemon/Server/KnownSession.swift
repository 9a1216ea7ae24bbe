import HostCacheCore
package import MariaDBClient

/// What a connection sets first, for itself alone, so that neither global settings nor `init_connect` change what is
/// read, what is done and how long anything takes.
///
/// Each of these variables may be set by any account for its own session (MySQL and MariaDB manuals, "Server System
/// Variables"; tried on MariaDB 10.5 to 11.8 and MySQL 9.7).
package struct KnownSession: Hashable, Sendable {
    private let queryTimeout: Duration
    private let idleLimit: Duration

    /// - Parameters:
    ///   - queryTimeout: How long this end waits for a statement; the server gives it up before. From 1 s.
    ///   - idleLimit: How long the server keeps the session while it is silent.
    package init(queryTimeout: Duration, idleLimit: Duration) {
        self.queryTimeout = queryTimeout
        self.idleLimit = idleLimit
    }

    /// The one statement, for every version of both flavours.
    ///
    /// `/*!…*/` with such a number is MySQL's alone, `/*M!…*/` MariaDB's (manuals, "Comments" and "Comment Syntax"),
    /// whatever `version` says.
    package var statement: String {
        let own = assignments.filter { $0.condition == nil }.map(\.text).joined(separator: ", ")
        return assignments.reduce("SET SESSION \(own)") { statement, assignment in
            assignment.condition.map { "\(statement) /*\($0) , \(assignment.text) */" } ?? statement
        }
    }

    /// One variable, and the mark of the comment that hides it from servers without it; nil for all servers.
    private struct Assignment {
        var text: String
        var condition: String?

        init(_ text: String, _ condition: String? = nil) {
            self.text = text
            self.condition = condition
        }

        var statement: String { condition.map { "SET SESSION /*\($0) \(text) */" } ?? "SET SESSION \(text)" }
    }

    private var assignments: [Assignment] {
        let everything = UInt64.max
        return [
            // Off, a look on MySQL leaves a lock on the table that keeps everybody's TRUNCATE waiting.
            Assignment("autocommit = 1"),
            // ANSI_QUOTES changes what SHOW GRANTS says.
            Assignment("sql_mode = ''"),
            Assignment("sql_quote_show_create = 1"),
            // Each of these cuts rows off or refuses to read them.
            Assignment("sql_select_limit = \(everything)"),
            Assignment("max_join_size = \(everything)"),
            Assignment("sql_big_selects = 1"),
            Assignment("character_set_client = utf8mb4"),
            Assignment("character_set_results = utf8mb4"),
            // The shortest that MySQL takes: while a TRUNCATE of ours waits, everybody's reads of the table do too.
            Assignment("lock_wait_timeout = 1"),
            Assignment("net_write_timeout = \(max(1, queryTimeout.wholeSeconds))"),
            Assignment("wait_timeout = \(idleLimit.wholeSeconds)"),
            // Bounds SELECT only, in milliseconds.
            Assignment("max_execution_time = \(statementMilliseconds)", "!50708"),
            Assignment("transaction_read_only = 0", "!50720"),
            // Bounds every statement, in seconds.
            Assignment("max_statement_time = \(Double(statementMilliseconds) / 1000)", "M!"),
            Assignment("tx_read_only = 0", "M!"),
            // 8 KB are too few for any look, and the most that it can be set to globally counts as less than nothing:
            // each is 1290 (tried on MariaDB 10.5 and 10.11). This is the default.
            Assignment("max_session_mem_used = \(Int64.max)", "M!"),
            // Its least is too little to put the rows in order (1038; tried on 11.8.9).
            Assignment("sort_buffer_size = 2097152", "M!"),
        ]
    }

    /// Below the query timeout, so that the server's own answer arrives.
    private var statementMilliseconds: Int64 {
        let (seconds, attoseconds) = (queryTimeout / 10 * 9).components
        return max(1, seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    /// Makes a fresh session a known one; throws ``ServerFailure`` only where it is lost.
    ///
    /// Where the server refuses the statement each variable is set by itself, so that one that a server or a proxy
    /// does not know costs the others nothing.
    package func begin(_ session: Session) async throws {
        if try await accepts(statement, session) { return }
        for assignment in assignments { _ = try await accepts(assignment.statement, session) }
    }

    private func accepts(_ sql: String, _ session: Session) async throws -> Bool {
        do {
            _ = try await session.ask(sql)
            return true
        } catch let failure as ServerFailure where !failure.losesConnection {
            return false
        }
    }
}
