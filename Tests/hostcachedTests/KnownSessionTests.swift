import TestSupport
import TestTraits
import Testing

/// Settings of a server that new sessions begin with, and sessions that a server ends.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct KnownSessionTests {
    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a blocked address is found whatever cuts results off`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind) { scenario in
            await HealthChecker(
                target: scenario.server.port,
                from: ["127.0.0.3", "127.0.0.4"],
                connectionsPerCheck: 1,
                interval: { .seconds(1) }
            ).check()
            try await scenario.block()
            try await scenario.configure("observe", keys: ["load_balancers = [\"\(Scenario.balancer)\"]"])
            for setting in ["sql_select_limit = 1", "max_join_size = 1", "sql_mode = 'ANSI_QUOTES'"] {
                _ = try await scenario.server.sql("SET GLOBAL \(setting)")
            }
            let (status, text) = try await scenario.diagnose()
            #expect(status == .code(2))
            #expect(text.contains("HC206  load balancer \(Scenario.balancer) is blocked"), "\(text)")
            #expect(text.contains("127.0.0.3 "), "\(text)")
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a server whose sessions begin read-only is flushed, and diagnose says that they do`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            try await scenario.block()
            let variable = kind.flavour == .mysql ? "transaction_read_only" : "tx_read_only"
            // What alone is refused in a session that is read-only.
            _ = try await scenario.server.sql(
                """
                GRANT DROP ON performance_schema.host_cache TO 'hostcached'@'%'; SET GLOBAL \(variable) = ON
                """
            )
            let daemon = try await scenario.daemon(
                keys: [#"raise_with = "never""#, #"flush_with = "truncate""#, #"check_interval = "1s""#]
            )
            try await waitUntil("the address is free") { await scenario.login() == nil }
            #expect(try scenario.sent().contains { $0.hasPrefix("TRUNCATE ") })
            let (_, text) = try await scenario.diagnose()
            #expect(text.contains("HC114  new sessions begin read-only"), "\(text)")
            try await daemon.stop()
        }
    }

    private static let failures = #"hostcached_server_check_failures_total{server="orders",reason="connect"}"#

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a session that the server ends between two looks is opened anew, and is no outage`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        // The server's own limit of a second is far below the pause.
        try await Scenario.with(kind, options: ["--wait-timeout=1"]) { scenario in
            let daemon = try await scenario.daemon("observe", keys: [#"check_interval = "3s""#])
            var last = try await scenario.connection()
            for _ in 1...3 {
                _ = try await scenario.server.sql("KILL \(last)")
                let ended = last
                try await waitUntil("another session looks") {
                    try await scenario.connections().contains { $0 != ended }
                }
                last = try await scenario.connection()
            }
            // Left alone, it stays.
            let checks = #"hostcached_server_checks_total{server="orders"}"#
            let before = daemon.metric(checks) ?? 0
            try await waitUntil("two more looks") { daemon.metric(checks) ?? 0 >= before + 2 }
            #expect(try await scenario.connection() == last)
            #expect(daemon.metric(Self.failures) == 0)
            #expect(daemon.log.filter { $0.contains("server is down") } == [])
            try await daemon.stop()
        }
    }
}

extension Scenario {
    /// Writes a configuration without starting a daemon on it.
    fileprivate func configure(_ mode: String, keys: [String]) async throws {
        try DaemonProcess.writeConfiguration(
            forPort: server.port,
            mode: mode,
            keys: keys.joined(separator: "\n"),
            in: folder
        )
    }

    /// The sessions of the daemon that have been idle for a second: not between two statements of a look.
    fileprivate func connections() async throws -> [String] {
        try await server.sql(
            """
            SELECT ID FROM information_schema.PROCESSLIST
            WHERE USER = 'hostcached' AND COMMAND = 'Sleep' AND TIME >= 1
            """
        )
        .split(separator: "\n").map(String.init)
    }

    /// The daemon's one idle session.
    fileprivate func connection() async throws -> String {
        var found: [String] = []
        try await waitUntil("the daemon has one idle session") {
            found = try await connections()
            return found.count == 1
        }
        return found[0]
    }
}
