import TestSupport

/// One statement of a daemon, as the server logged it with microseconds; with ``Scenario/timedLog`` only.
struct LoggedStatement {
    /// The server's clock, in seconds since 1970.
    let time: Double
    /// The server's number of the connection.
    let connection: String
    /// Without the daemon's mark.
    let sql: String
}

/// A line of the general log that is none of a daemon's statements.
private struct UnexpectedLine: Error {
    let text: String
}

extension Scenario {
    /// The server options that ``statements()`` needs: MariaDB's log file has whole seconds only.
    static let timedLog = ["--log-output=FILE,TABLE"]

    /// Every statement of any daemon, in order.
    func statements() async throws -> [LoggedStatement] {
        let mark = "/* hostcached */"
        let log = try await server.sql(
            """
            SELECT UNIX_TIMESTAMP(event_time), thread_id, CONVERT(argument USING utf8mb4) FROM mysql.general_log
            WHERE command_type = 'Query' AND argument LIKE '% \(mark)' ORDER BY event_time
            """
        )
        return try log.split(separator: "\n").map { line in
            let fields = line.split(separator: "\t", maxSplits: 2)
            guard fields.count == 3, let time = Double(fields[0]), fields[2].hasSuffix(" " + mark) else {
                throw UnexpectedLine(text: String(line))
            }
            return LoggedStatement(
                time: time,
                connection: String(fields[1]),
                sql: String(fields[2].dropLast(mark.count + 1))
            )
        }
    }

    /// The flushes of any daemon, in order.
    func flushes() async throws -> [LoggedStatement] { try await statements().filter { $0.sql == flush } }

    /// The same server for one more daemon, with files of its own.
    var beside: Scenario { get throws { try Scenario(server: server, folder: TemporaryFolder("beside")) } }
}

extension [LoggedStatement] {
    /// The shortest time between two that follow each other, in seconds; nil with less than two.
    var shortestGap: Double? { zip(dropFirst(), self).map { $0.time - $1.time }.min() }

    /// Whose connections they are, in turns: one entry where a connection follows another.
    var turns: [String] {
        reduce(into: []) { turns, statement in
            if turns.last != statement.connection { turns.append(statement.connection) }
        }
    }
}
