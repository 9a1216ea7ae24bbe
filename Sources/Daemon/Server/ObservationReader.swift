package import HostCacheCore
package import MariaDBClient

/// Reads one look from a session: settings, status, rows, clock.
///
/// In parts: where only the rows cannot be read, the look says so (``Observation/reading``) and has the rest.
///
/// Only `SELECT` and `SHOW`, nothing that writes or locks; the session is a known one (``KnownSession``).
/// `UNIX_TIMESTAMP` of a `TIMESTAMP` column is UTC whatever the session's time zone (MySQL manual, "Date and Time
/// Functions"; MariaDB the same).
package struct ObservationReader: Sendable {
    /// Names the server where it says nothing that does: host and port, or the socket.
    package var endpoint: String
    package var timekeeper: Timekeeper
    private let privileges = PrivilegeReader()
    private let pause = RowPause()

    /// A reader for all connections to one server, one at a time: it keeps what they learnt of privileges and rows.
    package init(endpoint: String, timekeeper: Timekeeper) {
        self.endpoint = endpoint
        self.timekeeper = timekeeper
    }

    /// Takes note of a new connection: the server may have given it other privileges than the one before.
    func connectionBegins() { privileges.forget() }

    /// Marks every statement as ours in the server's logs.
    package static let mark = " /* hostcached */"

    /// Every statement of a look, in order.
    package static let statements = [variables, status, rows, clock]

    /// What is asked besides in the first look, and in a later one where it is due.
    package static let privilegeStatements = PrivilegeReader.statements

    private static let variables = """
        SHOW GLOBAL VARIABLES WHERE Variable_name IN ('version', 'version_comment', 'performance_schema', \
        'skip_name_resolve', 'host_cache_size', 'max_connect_errors', 'server_uuid', 'aurora_server_id', \
        'hostname', 'port', 'server_id', 'transaction_read_only', 'tx_read_only', 'wsrep_on', \
        'aria_pagecache_buffer_size', 'old_mode') OR LEFT(Variable_name, 6) = 'rapid_'
        """
    /// Asks a MariaDB whose `version` cannot be right; any account may.
    package static let build = """
        SELECT PLUGIN_TYPE_VERSION AS BUILD FROM information_schema.PLUGINS WHERE PLUGIN_NAME = 'MyISAM'
        """
    private static let status = """
        SHOW GLOBAL STATUS WHERE Variable_name IN ('Uptime', 'Uptime_since_flush_status', \
        'Aborted_connects', 'Com_flush', 'Connections')
        """
    private static let clock = "SELECT UNIX_TIMESTAMP() AS SERVER_SECOND"
    /// The statement that reads the host cache.
    package static let rows = """
        SELECT IP, HOST, HOST_VALIDATED, SUM_CONNECT_ERRORS, COUNT_HANDSHAKE_ERRORS, \
        COUNT_HOST_BLOCKED_ERRORS, UNIX_TIMESTAMP(FIRST_SEEN) AS FIRST_SEEN_SECOND, \
        UNIX_TIMESTAMP(FIRST_ERROR_SEEN) AS FIRST_ERROR_SECOND, \
        UNIX_TIMESTAMP(LAST_ERROR_SEEN) AS LAST_ERROR_SECOND FROM performance_schema.host_cache \
        ORDER BY SUM_CONNECT_ERRORS DESC, COUNT_HANDSHAKE_ERRORS DESC, IP LIMIT \(HostCacheReading.mostRows)
        """

    /// Takes one look; throws ``ServerFailure`` or `CancellationError`.
    package func read(_ session: Session) async throws -> Observation {
        let variables = try await settings(session)
        let version = variables.settings.version
        let identity = variables.identity ?? endpoint
        var privileges = try await privileges.privileges(
            session,
            version: version,
            identity: identity,
            at: timekeeper.now()
        )
        let status = try Values(await session.ask(Self.status), of: "SHOW GLOBAL STATUS")
        let rows = try await readRows(session)
        if rows.isRefused {
            if privileges.maySee != false { self.privileges.forget() }
            privileges.maySee = false
        } else if case .came = rows {
            privileges.maySee = true
        }
        // After the rows, so that no error is younger than this clock.
        let clock = try await session.ask(Self.clock)
        let second = try Values.number(
            clock.rows.first.flatMap { try $0["SERVER_SECOND"] },
            named: "UNIX_TIMESTAMP()"
        )
        var seen = Observation(
            instant: timekeeper.now(),
            identity: identity,
            uptime: .seconds(Int64(clamping: try status.count("Uptime"))),
            serverSecond: second,
            settings: variables.settings,
            rows: [],
            abortedConnects: try status.count("Aborted_connects")
        )
        (seen.rows, seen.reading) = rows.judged(at: second, size: variables.settings.hostCacheSize)
        seen.privileges = privileges
        if version.flavour == .mariadb {
            // MySQL's FLUSH STATUS sets this clock back and leaves Aborted_connects as it is (tried on 9.7.4).
            let sinceReset = try status.count("Uptime_since_flush_status", else: "Uptime")
            seen.countedSince = max(.zero, seen.uptime - .seconds(Int64(clamping: sinceReset)))
        }
        seen.flushCommands = try status["Com_flush"].map { try Values.count($0, named: "Com_flush") }
        seen.connections = try status["Connections"].map { try Values.count($0, named: "Connections") }
        seen.port = variables.port
        return seen
    }

    /// Takes note of a statement that failed: what was known of the privileges may be wrong.
    func note(_ failure: ServerFailure, of sql: String) {
        guard let code = failure.code, FlushStatement.refusals.contains(code) else { return }
        privileges.note(refusalOf: sql, code)
    }

    /// The rows or what keeps them away; throws where the connection is lost, or the task cancelled.
    private func readRows(_ session: Session) async throws -> HostCacheReading.Outcome {
        if let (obstacle, detail) = pause.reason(at: timekeeper.now()) {
            return .kept(obstacle, detail: detail)
        }
        do {
            let reading = try await session.readHostCache()
            pause.end()
            return .came(reading)
        } catch let failure as ServerFailure {
            let obstacle = RowReading.Obstacle(failure)
            // A server that does not end its rows costs a connection at each try, as one that is slow does.
            if obstacle == .slow || obstacle == .garbled && failure.losesConnection {
                pause.begin(obstacle, failure.message, at: timekeeper.now())
            }
            guard !failure.losesConnection else { throw failure }
            return .kept(obstacle, detail: failure.message)
        }
    }

    private func settings(
        _ session: Session
    ) async throws -> (
        settings: ServerSettings, identity: String?, port: UInt16?
    ) {
        let values = try Values(await session.ask(Self.variables), of: "SHOW GLOBAL VARIABLES")
        let number = try values.text("version")
        let comment = values["version_comment"] ?? ""
        var signs = Self.signs(values)
        if signs.doubts(ServerVersion(version: number, comment: comment)) {
            signs.engineInterface = try await session.ask(Self.build).rows.first.flatMap { try $0["BUILD"] }
        }
        guard let version = ServerVersion(version: number, comment: comment, signs: signs) else {
            throw ServerFailure(unexpected: "version is \(number), which is no version of MySQL or MariaDB")
        }
        var settings = ServerSettings(
            version: version,
            performanceSchema: try values.flag("performance_schema"),
            skipNameResolve: try values.flag("skip_name_resolve"),
            hostCacheSize: try values.count("host_cache_size"),
            maxConnectErrors: try values.count("max_connect_errors")
        )
        // MariaDB had only the second before 11.1, MySQL has only the first since 8.0.
        settings.beginsReadOnly = (values["transaction_read_only"] ?? values["tx_read_only"]) == "ON"
        settings.isGalera = try values["wsrep_on"] != nil && values.flag("wsrep_on")
        settings.isHeatWave = Self.isHeatWave(values)
        // 0 where the server takes no TCP connections (`skip_networking`).
        let port = values["port"].flatMap { UInt16($0) }.flatMap { $0 == 0 ? nil : $0 }
        return (settings, Self.identity(values), port)
    }
}
