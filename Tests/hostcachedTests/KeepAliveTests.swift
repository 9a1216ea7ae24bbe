import TestSupport
import TestTraits
import Testing

/// Logins through a load balancer as the only remedy.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(4 + LoadTime.minutes)))
struct KeepAliveTests {
    private static let nodes = ["127.0.0.2", "127.0.0.3"]

    /// Keys of a server that is protected by nothing but logins as `app` through `via`.
    private func keys(_ via: [String], port: UInt16, tls: String = "") -> [String] {
        let list = via.map { "\"\($0)\"" }.joined(separator: ", ")
        return [
            #"actions = ["keep-alive"]"#, "errors_per_health_check = 10",
            #"assumed_health_check_interval = "5s""#, #"check_interval = "1s""#,
            "keep_alive = { via = [\(list)], port = \(port), user = \"app\", password_file = \"app\"\(tls) }",
        ]
    }

    private func writePassword(in folder: TemporaryFolder) async throws {
        _ = try await ChildProcess.run("sh", ["-c", "umask 077; echo app > \(folder.file("app"))"])
    }

    private func kept(_ address: String) -> String {
        #"hostcached_keep_alive_kept{server="orders",watched_host="\#(address)"}"#
    }

    @Test(arguments: ThrowawayServer.Kind.matrix)
    func `logins through every node keep every check free of 1129`(_ kind: ThrowawayServer.Kind) async throws
    {
        try await Scenario.with(kind, options: ["--max-connect-errors=20"]) { scenario in
            try await writePassword(in: scenario.folder)
            let port = freePort()
            let balancer = try Self.nodes.map { node in
                try LoadBalancerNode(on: node, port: port, to: scenario.server.port, from: node)
            }
            let daemon = try await scenario.daemon(keys: keys(Self.nodes, port: port))
            try await waitUntil("both nodes are kept") {
                Self.nodes.allSatisfy { daemon.metric(kept($0)) == 1 }
            }
            // Twenty errors in ten seconds from each node.
            let checker = HealthChecker(
                target: scenario.server.port,
                from: Self.nodes,
                connectionsPerCheck: 2,
                interval: { .seconds(1) }
            )
            var tally = await checker.run(for: LoadTime.span)
            // Without the logins each node would have been blocked: they never lower this count.
            try await waitUntil(deadline: .seconds(120), "each node has caused more than the limit") {
                tally = await checker.run(for: .milliseconds(1_100))
                return try await scenario.server.sql(
                    "SELECT COUNT(*) FROM performance_schema.host_cache "
                        + "WHERE IP IN ('127.0.0.2', '127.0.0.3') AND COUNT_HANDSHAKE_ERRORS >= 40"
                ) == "2"
            }
            #expect(tally.refused1129.isEmpty, "\(daemon.log)")
            #expect(tally.other == [:])
            #expect(Self.nodes.map { daemon.metric(kept($0)) } == [1, 1])
            LoadTime.report(
                "\(kind), keep-alive logins alone",
                "\(tally.greetings) checks, \(tally.refused1129.count) refused"
            )
            try await daemon.stop()
            try scenario.expectChanges([])
            #expect(daemon.audit == [])
            withExtendedLifetime(balancer) {}
        }
    }

    /// With every other default: errors come five times as fast as is assumed, and a look every 30 s would find both
    /// addresses blocked after 13 s.
    @Test(
        arguments: ThrowawayServer.Kind.allCases.map { ($0, true) } + [(ThrowawayServer.Kind.mariadb, false)]
    )
    func `logins follow the errors where they come faster than is assumed`(
        _ kind: ThrowawayServer.Kind,
        _ isVisible: Bool
    ) async throws {
        let options = ["--max-connect-errors=20"] + (isVisible ? [] : ["--performance-schema=OFF"])
        try await Scenario.with(kind, options: options) { scenario in
            try await writePassword(in: scenario.folder)
            let port = freePort()
            let balancer = try Self.nodes.map { node in
                try LoadBalancerNode(on: node, port: port, to: scenario.server.port, from: node)
            }
            let via = Self.nodes.map { "\"\($0)\"" }.joined(separator: ", ")
            let daemon = try await scenario.daemon(
                keys: [
                    #"actions = ["keep-alive"]"#,
                    "keep_alive = { via = [\(via)], port = \(port), user = \"app\", password_file = \"app\" }",
                ]
            )
            try await waitUntil("both nodes are kept") {
                Self.nodes.allSatisfy { daemon.metric(kept($0)) == 1 }
            }
            let tally = await HealthChecker(
                target: scenario.server.port,
                from: Self.nodes,
                connectionsPerCheck: 3,
                interval: { .seconds(2) }
            ).run(for: max(LoadTime.span, .seconds(30)))
            #expect(tally.refused1129.isEmpty, "\(daemon.log)")
            #expect(tally.other == [:])
            print(
                "\(kind), \(isVisible ? "visible" : "blind"), 1.5 errors a second from each of two addresses, limit 20:",
                "\(tally.greetings) checks, \(tally.refused1129.count) refused"
            )
            try await daemon.stop()
            try scenario.expectChanges([])
            withExtendedLifetime(balancer) {}
        }
    }

    @Test(arguments: ThrowawayServer.Kind.matrix)
    func `a node that preserves our address is a finding and does not count`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind, options: ["--max-connect-errors=20"]) { scenario in
            try await writePassword(in: scenario.folder)
            let port = freePort()
            let node = try LoadBalancerNode(
                on: "127.0.0.4",
                port: port,
                to: scenario.server.port,
                from: "127.0.0.1"
            )
            let daemon = try await scenario.daemon(keys: keys(["127.0.0.4"], port: port))
            try await waitUntil("a login has shown our address") {
                daemon.metric(
                    #"hostcached_keep_alive_logins_total{server="orders",result="own_address"}"#
                ) ?? 0 > 0
            }
            #expect(daemon.metric(kept("127.0.0.4")) == 0)
            #expect(
                daemon.metric(#"hostcached_keep_alive_logins_total{server="orders",result="proved"}"#) == 0
            )
            let lines = daemon.log.filter { $0.contains("HC306") }
            #expect(lines.count == 1)
            #expect(lines.first?.contains("127.0.0.4") == true)
            let diagnose = try await ChildProcess.start(
                BuiltProduct.hostcached,
                ["diagnose", "--config", scenario.folder.file("hostcached.toml")]
            )
            _ = try await diagnose.wait()
            #expect(
                diagnose.standardOutput.contains(
                    "HC306  the server sees our own address through 127.0.0.4: "
                        + "keep-alive logins there do not help"
                )
            )
            try await daemon.stop()
            withExtendedLifetime(node) {}
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `logins are let in by the pinned certificate, and by no other`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        let certificates = try await Certificates()
        let right = try await certificates.fingerprint(of: certificates.server.certificate)
        let options = kind == .mariadb ? certificates.serverOptions : []
        try await Scenario.with(kind, options: options) { scenario in
            if kind == .mysql { try await certificates.replace(thoseOf: scenario.server) }
            try await writePassword(in: scenario.folder)
            let port = freePort()
            let node = try LoadBalancerNode(
                on: "127.0.0.2",
                port: port,
                to: scenario.server.port,
                from: "127.0.0.2"
            )
            for (fingerprint, result) in [(right, "proved"), (String(right.reversed()), "failed")] {
                let tls = #", tls = { mode = "fingerprint", fingerprint = "\#(fingerprint)" }"#
                let daemon = try await scenario.daemon(keys: keys(["127.0.0.2"], port: port, tls: tls))
                try await waitUntil("a login has \(result)") {
                    daemon.metric(
                        #"hostcached_keep_alive_logins_total{server="orders",result="\#(result)"}"#
                    ) ?? 0 > 0
                }
                #expect(daemon.metric(kept("127.0.0.2")) == (result == "proved" ? 1 : 0))
                try await daemon.stop()
            }
            withExtendedLifetime(node) {}
        }
    }

    @Test(arguments: ThrowawayServer.Kind.matrix)
    func `observe logs in through nobody`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind) { scenario in
            try await writePassword(in: scenario.folder)
            let port = freePort()
            let node = try LoadBalancerNode(
                on: "127.0.0.2",
                port: port,
                to: scenario.server.port,
                from: "127.0.0.2"
            )
            let daemon = try await scenario.daemon("observe", keys: keys(["127.0.0.2"], port: port))
            // Two more looks: by then a loop of logins would have made its first.
            let checks = #"hostcached_server_checks_total{server="orders"}"#
            try await waitUntil("three looks") { daemon.metric(checks) ?? 0 >= 3 }
            #expect(daemon.metricsText?.contains("keep_alive") == false)
            try await daemon.stop()
            #expect(try scenario.server.generalLog().filter { $0.contains("app@") } == [])
            withExtendedLifetime(node) {}
        }
    }
}
