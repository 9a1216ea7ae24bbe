import FoundationEssentials
import TestSupport
import TestTraits
import Testing

/// What `diagnose` says of real servers, by its exit code and words.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct DiagnoseTests {
    /// Runs `diagnose` on a configuration that no daemon was started on.
    private static func diagnose(
        _ scenario: Scenario,
        mode: String = "enforce",
        keys: String = "",
        sections: String = "",
        environment: [String: String] = [:]
    ) async throws -> (status: ChildProcess.Exit, text: String) {
        try DaemonProcess.writeConfiguration(
            forPort: scenario.server.port,
            mode: mode,
            keys: keys,
            sections: sections,
            in: scenario.folder
        )
        return try await run(scenario, environment: environment)
    }

    private static func run(
        _ scenario: Scenario,
        environment: [String: String] = [:]
    ) async throws -> (status: ChildProcess.Exit, text: String) {
        let process = try await ChildProcess.start(
            BuiltProduct.hostcached,
            ["diagnose", "--config", scenario.folder.file("hostcached.toml")],
            environment: environment
        )
        return (try await process.wait(), process.standardOutput)
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a server in enforce that no daemon watches is no ok`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind, options: ["--max-connect-errors=5000"]) { scenario in
            _ = await scenario.load(3, for: .milliseconds(100))
            let (status, text) = try await Self.diagnose(scenario)
            #expect(status == .code(1), "\(text)")
            #expect(
                text.contains("warn  HC402  nobody holds the lock: no daemon in enforce watches this server")
            )
            #expect(text.contains("warn  HC209  flush every "))
            #expect(text.contains("nobody sends it"))

            let daemon = try await scenario.daemon()
            let (watched, now) = try await scenario.diagnose()
            #expect(watched == .code(0), "\(now)")
            #expect(now.contains("ok    HC209  flush every "))
            try await daemon.stop()

            let (observed, _) = try await Self.diagnose(scenario, mode: "observe")
            #expect(observed == .code(0))
        }
    }

    @Test(arguments: ThrowawayServer.Kind.matrix.filter { $0.flavour == .mariadb })
    func `what is said first of a blind server past the bound lets the blocked host in`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind, options: ["--performance-schema=OFF"]) { scenario in
            try await scenario.block()
            let (status, text) = try await Self.diagnose(scenario, mode: "observe")
            #expect(status == .code(2), "\(text)")
            #expect(text.contains("FAIL  HC216  an address may be blocked NOW"))
            #expect(text.contains("Do first: HC216."))
            let first = try #require(text.firstMatch(of: /\n        (now|fix) +(SET GLOBAL [^;]+);/)?.2)
            _ = try await scenario.server.sql(String(first))
            #expect(await scenario.login() == nil)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `what is said to work now lets a blocked host in, each step alone`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            try await scenario.block()
            let (status, text) = try await Self.diagnose(scenario, mode: "observe")
            #expect(status == .code(2))
            let steps = text.split(separator: "\n").drop { !$0.contains("HC206") }.dropFirst(2)
                .prefix { $0.hasPrefix("        now    ") || $0.hasPrefix("        or     ") }
                .map { $0.dropFirst(15) }
            #expect(steps.count == 2)
            for step in steps {
                try await scenario.block()
                _ = try await scenario.server.sql(String(step))
                #expect(await scenario.login() == nil, "\(step)")
                _ = try await scenario.server.sql("SET GLOBAL max_connect_errors = 100")
            }
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `HTTP checks on the server's port cost errors, and are a warning behind a socket too`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            let port = scenario.server.port
            for check in HTTPCheck.allCases {
                for _ in 1...5 { try check.send(to: port, from: Scenario.balancer) }
            }
            try await waitUntil("each check is counted") {
                try await scenario.server.sql(
                    "SELECT SUM_CONNECT_ERRORS FROM performance_schema.host_cache WHERE IP = '\(Scenario.balancer)'"
                ) == "10"
            }
            try await FakeAWS.with(accepting: [IntervalScenario.credentials], now: WallTime.now) { fake in
                let names = ["plain", "http"]
                for name in names {
                    var group = TargetGroupState(arn: IntervalScenario.arn(name), port: port)
                    group.targets = [TargetGroupState.Target(id: "10.0.9.17", port: port)]
                    group.healthCheck.protocol = name == "http" ? "HTTP" : "TCP"
                    await fake.put(group)
                }
                let address = try await Self.diagnose(
                    scenario,
                    keys: IntervalScenario.key(names.map(IntervalScenario.arn)),
                    sections: IntervalScenario.section(fake.endpoint),
                    environment: IntervalScenario.environment(IntervalScenario.credentials)
                )
                let file = scenario.folder.file("hostcached.toml")
                let text = try #require(TextFile.read(file)).replacing(
                    "host = \"127.0.0.1\"\nport = \(port)",
                    with: "socket = \"\(scenario.server.socketPath)\""
                )
                try Data(text.utf8).write(to: URL(filePath: file))
                let socket = try await Self.run(
                    scenario,
                    environment: IntervalScenario.environment(IntervalScenario.credentials)
                )
                for (way, text) in [("address", address.text), ("socket", socket.text)] {
                    #expect(text.contains("warn  HC307  target group http checks MySQL's port"), "\(way)")
                    #expect(
                        text.contains("warn  HC304  target group plain checks every 30 s, wanted 5 min"),
                        "\(way)"
                    )
                    #expect(!text.contains("does not touch MySQL"), "\(way)")
                }
            }
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `TLS that fails is tried once, and what that costs is said`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try kind.skipUnlessExpected()
        let certificates = try await Certificates(for: "IP:127.0.0.1")
        try await Scenario.with(kind, options: kind == .mariadb ? certificates.serverOptions : []) {
            scenario in
            try await scenario.behindBalancer { port in
                try DaemonProcess.writeConfiguration(
                    forPort: port,
                    mode: "observe",
                    keys: #"tls = { mode = "verify-identity" }"#,
                    in: scenario.folder
                )
                let (status, text) = try await Self.run(scenario)
                #expect(status == .code(3), "\(text)")
                #expect(text.contains("HC103  no protected connection: "))
                #expect(text.contains("counts as a handshake error of this machine's own address"))
            }
            let spent = try await scenario.server.sql(
                "SELECT COUNT_HANDSHAKE_ERRORS FROM performance_schema.host_cache WHERE IP = '\(Scenario.balancer)'"
            )
            #expect(kind == .mysql ? spent == "1" : ["", "0", "1"].contains(spent), "\(spent)")
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `the end of a block is logged`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind) { scenario in
            try await scenario.block()
            let daemon = try await scenario.daemon("observe", keys: [#"check_interval = "1s""#])
            try await waitUntil("the block is told") {
                daemon.log.contains { $0.contains("hosts are blocked") }
            }
            _ = try await scenario.server.sql(scenario.flush)
            try await waitUntil("its end is told") {
                daemon.log.contains {
                    $0.contains("hosts are not blocked any more") && $0.contains(Scenario.balancer)
                }
            }
            try await daemon.stop()
        }
    }
}
