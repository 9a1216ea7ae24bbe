import Daemon
import MariaDBClient
import Secrets
import TestSupport

/// A throw-away server whose variables are set, with an administrator's session.
final class SweptServer {
    let server: ThrowawayServer
    private var administrator: Session
    /// The name for the reader.
    let name: String

    /// The load balancer's address.
    static let balancer = "127.0.0.2"
    /// Its errors before each trial, of a limit at which a flush is due.
    static let spent = 3
    static let limit = 5

    /// What a variable may take on top of what the server began with, so that none takes the machine's memory.
    private static let growth = 8 << 30

    init(_ kind: ThrowawayServer.Kind) async throws {
        server = try await ThrowawayServer.start(
            kind,
            options: ["--max-connect-errors=\(Self.limit)", "--general-log=0"]
        )
        administrator = try await Self.administrator(server)
        name = "\(kind) \(server.version.prefix { $0 != "-" })"
        try await limitMemory()
    }

    private static func administrator(_ server: ThrowawayServer) async throws -> Session {
        try await Session.connect(
            to: Endpoint(
                address: .socket(path: server.socketPath),
                tls: .disabled,
                sourceAddress: nil,
                connectTimeout: .seconds(10),
                queryTimeout: .seconds(30)
            ),
            as: Login(user: "root", password: nil)
        )
    }

    /// Bounds the address space; MariaDB reserves much more of it than it uses.
    private func limitMemory() async throws {
        let lines = (TextFile.read("/proc/\(server.pid)/status") ?? "").split(separator: "\n")
        let size = lines.first { $0.hasPrefix("VmSize:") }
        guard let kilobytes = size?.split(whereSeparator: { !$0.isNumber }).first.flatMap({ Int($0) }) else {
            return
        }
        let limit = kilobytes * 1024 + Self.growth
        _ = try await ChildProcess.run("prlimit", ["--pid=\(server.pid)", "--as=\(limit)"])
    }

    /// Every global variable that can be set, with its values.
    func variables() async throws -> [SweptVariable] {
        let rows = try await ask(server.kind.flavour == .mysql ? Self.mysqlVariables : Self.mariaDBVariables)
        var variables: [SweptVariable] = []
        for row in rows {
            guard let name = row[0]?.lowercased(), let value = row[1], let type = row[2] else { continue }
            let description = SweptVariable.Description(
                name: name,
                value: value,
                type: type,
                least: row[3],
                most: row[4],
                words: (row[5] ?? "").split(separator: ",").map(String.init)
            )
            // 1238: only at the start, or only of a session.
            if let code = await refusal("SET GLOBAL \(name) = @@global.\(name)"), code == 1238 { continue }
            variables.append(SweptVariable(description))
        }
        return variables
    }

    private static let mariaDBVariables = """
        SELECT VARIABLE_NAME, GLOBAL_VALUE, VARIABLE_TYPE, NUMERIC_MIN_VALUE, NUMERIC_MAX_VALUE, ENUM_VALUE_LIST \
        FROM information_schema.SYSTEM_VARIABLES WHERE READ_ONLY = 'NO' AND VARIABLE_SCOPE <> 'SESSION ONLY' \
        ORDER BY VARIABLE_NAME
        """
    private static let mysqlVariables = """
        SELECT m.VARIABLE_NAME, g.VARIABLE_VALUE, m.DATA_TYPE, NULLIF(m.MIN_VALUE, ''), NULLIF(m.MAX_VALUE, ''), NULL \
        FROM performance_schema.variables_metadata m JOIN performance_schema.global_variables g USING (VARIABLE_NAME) \
        ORDER BY m.VARIABLE_NAME
        """

    private func ask(_ sql: String) async throws -> [[String?]] {
        try await administrator.query(sql).rows.map(\.values)
    }

    /// The code with which a statement is refused, 0 for a lost connection; nil when it ran.
    private func refusal(_ sql: String) async -> UInt32? {
        do {
            _ = try await administrator.query(sql)
            return nil
        } catch {
            return error.serverCode ?? 0
        }
    }

    /// Makes the errors that are to be seen, and waits until the server has counted them.
    func prepare() async throws {
        try await revive()
        let checker = HealthChecker(
            target: server.port,
            from: [Self.balancer],
            connectionsPerCheck: 1,
            interval: { .seconds(1) }
        )
        try await waitUntil("\(name) has counted \(Self.spent) errors") {
            let spent = try await spent()
            if spent < Self.spent {
                await checker.check()
                // The server counts after the connection has gone; a second check meanwhile would be one too many.
                try await waitUntil("\(name) has counted an error") { try await self.spent() > spent }
            } else if spent > Self.spent {
                _ = await refusal(Self.emptying(server.kind))
            }
            return spent == Self.spent
        }
    }

    /// What the load balancer's address has spent, 0 without a row.
    private func spent() async throws -> Int {
        let rows = try await ask(
            "SELECT SUM_CONNECT_ERRORS FROM performance_schema.host_cache WHERE IP = '\(Self.balancer)'"
        )
        return rows.first.flatMap { $0[0] }.flatMap { Int($0) } ?? 0
    }

    private static func emptying(_ kind: ThrowawayServer.Kind) -> String {
        switch kind.flavour {
        case .mysql: "TRUNCATE TABLE performance_schema.host_cache"
        case .mariadb: "FLUSH NO_WRITE_TO_BINLOG HOSTS"
        }
    }

    /// Sets a variable; false where the server does not take the value.
    func set(_ name: String, to value: String) async throws -> Bool {
        guard let code = await refusal("SET GLOBAL \(name) = \(value)") else { return true }
        if code == 0 { try await revive() }
        return false
    }

    /// Puts the value of before back, by a restart where nothing else helps.
    func restore(_ variable: SweptVariable) async throws {
        for value in [variable.original, "DEFAULT"]
        where await refusal("SET GLOBAL \(variable.name) = \(value)") == nil {
            return
        }
        try await restart()
    }

    /// Sees to it that there is a server and an administrator's session.
    private func revive() async throws {
        if await refusal("SELECT 1") == nil { return }
        do {
            administrator = try await Self.administrator(server)
        } catch {
            try await restart()
        }
    }

    private func restart() async throws {
        await server.kill()
        try await server.restart()
        try await limitMemory()
        administrator = try await Self.administrator(server)
    }

    func stop() async {
        await administrator.close()
        await server.stop()
    }
}
