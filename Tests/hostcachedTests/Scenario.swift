import MariaDBClient
import Secrets
import TestSupport
import TestTraits
import Testing

/// A throw-away server with the built daemon on it, and a load balancer's address that makes errors.
struct Scenario {
    let server: ThrowawayServer
    let folder: TemporaryFolder

    /// The load balancer's address.
    static let balancer = "127.0.0.2"

    /// Starts a server and hands it to `body`; everything is gone afterwards.
    static func with(
        _ kind: ThrowawayServer.Kind,
        options: [String] = [],
        _ body: (Scenario) async throws -> Void
    ) async throws {
        try kind.skipUnlessExpected()
        try await ThrowawayServer.with(kind, options: options) { server in
            try await body(Scenario(server: server, folder: TemporaryFolder("scenario")))
        }
    }

    /// Starts the daemon and waits until it has looked at the server.
    ///
    /// - Parameters:
    ///   - mode: `enforce` or `observe`.
    ///   - keys: Further lines of the server's table.
    ///   - port: A relay's port that leads to the server; nil for the server's own.
    /// - Returns: The daemon.
    /// - Throws: ``DeadlineError`` when it does not get to look.
    func daemon(
        _ mode: String = "enforce",
        keys: [String] = [],
        through port: UInt16? = nil
    ) async throws -> DaemonProcess {
        let daemon = try await DaemonProcess(
            on: server,
            mode: mode,
            keys: keys.joined(separator: "\n"),
            through: port,
            in: folder
        )
        try await waitUntil("the daemon has looked at the server") {
            daemon.metric(#"hostcached_server_up{server="orders"}"#) == 1
        }
        return daemon
    }

    /// Hands on a port of 127.0.0.1 that leads to the server from the load balancer's address.
    func behindBalancer(_ body: (_ port: UInt16) async throws -> Void) async throws {
        let port = freePort()
        let node = try LoadBalancerNode(on: "127.0.0.1", port: port, to: server.port, from: Self.balancer)
        try await body(port)
        // Until here it has to listen.
        withExtendedLifetime(node) {}
    }

    /// Starts the daemon on another way to the server, and waits for nothing.
    func daemon(through port: UInt16, keys: [String] = []) async throws -> DaemonProcess {
        try DaemonProcess.writeConfiguration(
            forPort: port,
            mode: "enforce",
            keys: keys.joined(separator: "\n"),
            in: folder
        )
        return try await DaemonProcess(in: folder, environment: [:])
    }

    /// What `diagnose` ends with and prints, on the daemon's configuration.
    func diagnose(_ options: [String] = []) async throws -> (status: ChildProcess.Exit, text: String) {
        let process = try await ChildProcess.start(
            BuiltProduct.hostcached,
            ["diagnose", "--config", folder.file("hostcached.toml")] + options
        )
        return (try await process.wait(), process.standardOutput)
    }

    /// Makes `count` errors a second from the load balancer's address for `duration`.
    ///
    /// A busy machine makes fewer: whatever depends on their number waits for it, by ``load(_:for:until:_:)``.
    func load(_ count: Int, for duration: Duration) async -> HealthChecker.Tally {
        await checker(count).run(for: duration)
    }

    /// Makes `count` errors a second from the load balancer's address for `duration`, and goes on until
    /// `condition` holds.
    ///
    /// - Throws: ``DeadlineError`` when it does not within two more minutes, and whatever `condition` throws.
    func load(
        _ count: Int,
        for duration: Duration = .seconds(1),
        until what: String,
        _ condition: () async throws -> Bool
    ) async throws -> HealthChecker.Tally {
        let checker = checker(count)
        var tally = await checker.run(for: duration)
        try await waitUntil(deadline: .seconds(120), what) {
            if try await condition() { return true }
            tally = await checker.run(for: .milliseconds(1_100))
            return false
        }
        return tally
    }

    private func checker(_ count: Int) -> HealthChecker {
        HealthChecker(
            target: server.port,
            from: [Self.balancer],
            connectionsPerCheck: count,
            interval: { .seconds(1) }
        )
    }

    /// Blocks the load balancer's address: both servers' default limit is 100.
    func block() async throws {
        let checker = checker(10)
        try await waitUntil("the address is blocked") {
            await !checker.check().refused1129.isEmpty
        }
    }

    /// Logs in from an address, the load balancer's where nothing else is said; what went wrong, or nil.
    ///
    /// Without an address it is 127.0.0.1, which is never blocked.
    func login(from address: String? = balancer) async -> MariaDBError? {
        do {
            let session = try await Session.connect(
                to: Endpoint(
                    address: .tcp(host: "127.0.0.1", port: server.port),
                    tls: .disabled,
                    sourceAddress: address,
                    connectTimeout: .seconds(30),
                    queryTimeout: .seconds(30)
                ),
                as: Login(user: "app", password: Secret("app"))
            )
            await session.close()
            return nil
        } catch {
            return error
        }
    }

    /// Every statement on the connections of `hostcached`, in order, without the daemon's mark.
    func sent() throws -> [String] {
        var connections: Set<Substring> = []
        var statements: [String] = []
        for line in try server.generalLog() {
            guard let entry = line.firstMatch(of: /\s(\d+) (Connect|Query|Execute|Init DB)\t(.*)$/) else {
                continue
            }
            if entry.2 == "Connect" {
                // A server that restarted counts its connections from the beginning.
                if entry.3.hasPrefix("hostcached@") {
                    connections.insert(entry.1)
                } else {
                    connections.remove(entry.1)
                }
            } else if connections.contains(entry.1) {
                statements.append(String(entry.3.replacing(" /* hostcached */", with: "")))
            }
        }
        return statements
    }

    /// What it sent besides looks, the lock and its session's own settings.
    func changes() throws -> [String] {
        try sent().filter { statement in
            !["SELECT ", "SHOW ", "SET SESSION "].contains { statement.hasPrefix($0) }
        }
    }

    /// Holds what the daemon changed against what it should have, and shows it where they differ.
    func expectChanges(_ wanted: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
        let found = try changes()
        #expect(found == wanted, sourceLocation: sourceLocation)
    }

    /// The statement that flushes this server.
    var flush: String {
        switch server.kind.flavour {
        case .mariadb: "FLUSH NO_WRITE_TO_BINLOG HOSTS"
        case .mysql: "SET GLOBAL host_cache_size = @@global.host_cache_size"
        }
    }

    /// Keys that leave the limit alone and let flushes follow each other closely.
    static let flushOnly = [
        #"raise_with = "never""#, #"check_interval = "1s""#, #"min_flush_gap = "1s""#,
        "max_flushes_per_hour = 3600",
    ]
}
