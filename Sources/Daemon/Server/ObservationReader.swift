package import HostCacheCore
package import MariaDBClient

/// Reads one look from a session: settings, status, rows, clock.
///
/// Only `SELECT` and `SHOW`, nothing that writes or locks, and no session setting is changed:
/// `UNIX_TIMESTAMP` of a `TIMESTAMP` column is UTC whatever the session's time zone (MySQL manual,
/// "Date and Time Functions"; MariaDB the same).
package struct ObservationReader: Sendable {
    /// Names the server where it has no `server_uuid` (MariaDB): host and port, or the socket.
    package var endpoint: String
    package var timekeeper: Timekeeper

    package init(endpoint: String, timekeeper: Timekeeper) {
        self.endpoint = endpoint
        self.timekeeper = timekeeper
    }

    /// Marks every statement as ours in the server's logs.
    package static let mark = " /* hostcached */"

    /// Every statement of a look, in order.
    package static let statements = [variables, rows, status, clock]

    private static let variables = """
        SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'version_comment', 'performance_schema', \
        'skip_name_resolve', 'host_cache_size', 'max_connect_errors', 'server_uuid')
        """
    private static let status = """
        SHOW GLOBAL STATUS WHERE Variable_name IN ('Uptime', 'Aborted_connects', 'Aborted_connects_preauth')
        """
    private static let clock = "SELECT UNIX_TIMESTAMP() AS SERVER_SECOND"
    /// The statement that reads the host cache.
    package static let rows = """
        SELECT IP, HOST, HOST_VALIDATED, SUM_CONNECT_ERRORS, COUNT_HANDSHAKE_ERRORS, \
        COUNT_HOST_BLOCKED_ERRORS, UNIX_TIMESTAMP(FIRST_SEEN) AS FIRST_SEEN_SECOND, \
        UNIX_TIMESTAMP(FIRST_ERROR_SEEN) AS FIRST_ERROR_SECOND, \
        UNIX_TIMESTAMP(LAST_ERROR_SEEN) AS LAST_ERROR_SECOND FROM performance_schema.host_cache
        """

    /// Takes one look; throws ``ServerFailure`` or `CancellationError`.
    package func read(_ session: Session) async throws -> Observation {
        let variables = try await settings(session)
        let reading = try await session.readHostCache(size: variables.settings.hostCacheSize)
        let status = try Values(await session.ask(Self.status), of: "SHOW GLOBAL STATUS")
        // After the rows, so that no error is younger than this clock.
        let clock = try await session.ask(Self.clock)
        let second = try Values.number(
            clock.rows.first.flatMap { try $0["SERVER_SECOND"] },
            named: "UNIX_TIMESTAMP()"
        )
        return Observation(
            instant: timekeeper.now(),
            identity: variables.identity ?? endpoint,
            uptime: .seconds(Int64(clamping: try status.count("Uptime"))),
            serverSecond: second,
            settings: variables.settings,
            rows: try reading.rows(at: second),
            abortedConnects: try status.count("Aborted_connects_preauth", else: "Aborted_connects")
        )
    }

    private func settings(_ session: Session) async throws -> (settings: ServerSettings, identity: String?) {
        let values = try Values(await session.ask(Self.variables), of: "SHOW GLOBAL VARIABLES")
        let number = try values.text("version")
        guard let version = ServerVersion(version: number, comment: values["version_comment"] ?? "") else {
            throw ServerFailure(unexpected: "version is \(number), which is no version of MySQL or MariaDB")
        }
        let settings = ServerSettings(
            version: version,
            performanceSchema: try values.flag("performance_schema"),
            skipNameResolve: try values.flag("skip_name_resolve"),
            hostCacheSize: try values.count("host_cache_size"),
            maxConnectErrors: try values.count("max_connect_errors")
        )
        return (settings, values["server_uuid"])
    }
}
