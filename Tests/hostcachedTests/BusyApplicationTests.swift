import TestSupport
import TestTraits
import Testing

/// Health checks, and an application that logs in through the same load balancer.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct BusyApplicationTests {
    /// Keys that make a flush due by the schedule 16.7 s after the first error, at the default limit of 100.
    private static let keys =
        Scenario.flushOnly + [
            #"load_balancers = ["\#(Scenario.balancer)"]"#, #"assumed_health_check_interval = "5s""#,
            "errors_per_health_check = 6", "flush_within = 0.2", "flush_at = 0.9",
        ]

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `logins start the schedule over, and without them it flushes`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            let daemon = try await scenario.daemon(keys: Self.keys)
            let checker = HealthChecker(
                target: scenario.server.port,
                from: [Scenario.balancer],
                connectionsPerCheck: 2,
                interval: { .seconds(1) }
            )
            // Twice the schedule's time, counted from a first error that no login takes out of the table.
            for _ in 1...35 {
                #expect(await scenario.login() == nil)
                _ = await checker.check()
                try await Task.sleep(for: .seconds(1))
            }
            try await waitUntil("what came since the last login is seen") {
                daemon.metric(#"hostcached_connect_errors_max{server="orders"}"#) == 2
            }
            try scenario.expectChanges([])
            try await waitUntil(deadline: .seconds(120), "the schedule flushes") {
                // Far from what flush_at allows.
                _ = await checker.check()
                try await Task.sleep(for: .seconds(1))
                return try !scenario.changes().isEmpty
            }
            try await daemon.stop()
            #expect(daemon.audit.allSatisfy { $0.contains(#""trigger":"schedule""#) })
            #expect(try scenario.changes().allSatisfy { $0 == scenario.flush })
            #expect(await checker.tally.refused1129 == [])
        }
    }
}
