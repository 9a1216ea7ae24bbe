import Daemon
import HostCacheCore
import MariaDBClient
import Secrets
import TestSupport

/// One server under test, seen from both sides: as an administrator sees it and as the project sees it.
struct Subject: Sendable {
    let server: ThrowawayServer
    /// `extra_port` of MariaDB, `admin_port` of MySQL; open with ``Matrix/Setup/usual`` only.
    let sidePort: UInt16
    /// As the project reads it.
    let version: ServerVersion
    /// The host cache's size as the server chose it.
    private let cacheSize: String

    /// The load balancer's address; each case begins without a row of it.
    static let balancer = "127.0.0.2"

    init(server: ThrowawayServer, sidePort: UInt16) async throws {
        self.server = server
        self.sidePort = sidePort
        cacheSize = try await server.sql("SELECT @@global.host_cache_size")
        let session = try await Self.connect(server, "hostcached")
        let reader = ObservationReader(endpoint: "matrix", timekeeper: .live())
        version = try await reader.read(session).settings.version
        await session.close()
    }

    var kind: ThrowawayServer.Kind { server.kind }

    /// Puts back every variable that a case may change, and empties the host cache.
    func reset() async throws {
        let readOnly = kind.flavour == .mysql ? "SET GLOBAL super_read_only = 0;" : ""
        // Setting the size empties the cache, also without the performance schema (`hostname.cc`).
        _ = try await server.sql(
            """
            \(readOnly) SET GLOBAL read_only = 0; SET GLOBAL max_connect_errors = 100; \
            SET GLOBAL autocommit = 1; \
            SET GLOBAL host_cache_size = \(cacheSize)
            """
        )
    }

    /// Connections that end after the greeting, as a load balancer's checks do.
    @discardableResult
    func check(
        _ count: Int = 1,
        from address: String = balancer,
        port: UInt16? = nil
    ) async -> HealthChecker.Tally {
        await HealthChecker(
            target: port ?? server.port,
            from: [address],
            connectionsPerCheck: count,
            interval: { .seconds(1) }
        ).check()
    }

    /// The same, then waits until the server has counted them: it does so after the connection has gone.
    func spend(_ count: Int, from address: String = balancer) async throws {
        let aborted = try await abortedConnects()
        await check(count, from: address)
        try await waitUntil("\(kind) has counted \(count) aborted connections") {
            try await abortedConnects() >= aborted + count
        }
    }

    private func abortedConnects() async throws -> Int {
        let answer = try await server.sql("SHOW GLOBAL STATUS LIKE 'Aborted_connects'")
        return answer.split(separator: "\t").last.flatMap { Int($0) } ?? 0
    }

    /// Opens a session as `user` from 127.0.0.1, or from `address`.
    func session(_ user: String = "hostcached", from address: String? = nil) async throws -> Session {
        try await Self.connect(server, user, from: address)
    }

    /// Where to connect to, from 127.0.0.1 or from `address`.
    func endpoint(from address: String? = nil) -> Endpoint {
        Self.endpoint(server, from: address)
    }

    private static func endpoint(_ server: ThrowawayServer, from address: String?) -> Endpoint {
        Endpoint(
            address: .tcp(host: "127.0.0.1", port: server.port),
            tls: .disabled,
            sourceAddress: address,
            connectTimeout: .seconds(30),
            queryTimeout: .seconds(30)
        )
    }

    private static func connect(
        _ server: ThrowawayServer,
        _ user: String,
        from address: String? = nil,
        password: String? = nil
    ) async throws -> Session {
        try await Session.connect(
            to: endpoint(server, from: address),
            as: Login(user: user, password: Secret(password ?? (user == "hostcached" ? "watch" : user)))
        )
    }

    /// The server's error for a login from that address; nil when it succeeds.
    func refusal(
        of user: String = "app",
        password: String? = nil,
        from address: String = balancer
    ) async throws -> UInt32? {
        do {
            let session = try await Self.connect(server, user, from: address, password: password)
            await session.close()
            return nil
        } catch let error as MariaDBError {
            return error.serverCode ?? error.code
        }
    }

    /// One look as the project takes it.
    func look(as user: String = "hostcached") async throws -> Observation {
        let session = try await session(user)
        let reader = ObservationReader(endpoint: "matrix", timekeeper: .live())
        let seen: Observation
        do {
            seen = try await reader.read(session)
        } catch {
            await session.close()
            throw error
        }
        await session.close()
        return seen
    }

    /// The load balancer's row as the project sees it; nil when there is none.
    func row() async throws -> HostCacheRow? {
        try await look().rows.first { $0.address == Self.balancer }
    }

    /// Sends one statement as `user` and returns the number of its warnings.
    ///
    /// Throws ``MariaDBError``.
    @discardableResult
    func send(_ sql: String, as user: String = "hostcached") async throws -> Int {
        let session = try await session(user)
        let result: ResultSet
        do {
            result = try await session.query(sql)
        } catch {
            await session.close()
            throw error
        }
        await session.close()
        return result.warningCount
    }

    /// The code with which the server refuses the statement; nil when it runs it.
    func refusal(ofStatement sql: String, as user: String = "hostcached") async throws -> UInt32? {
        do {
            try await send(sql, as: user)
            return nil
        } catch let error as MariaDBError {
            return error.serverCode
        }
    }

    /// Whether the load balancer's address is refused with 1129; an admitted check is one more error.
    func isRefused(port: UInt16? = nil) async -> Bool {
        await check(port: port).refused1129.count == 1
    }
}
