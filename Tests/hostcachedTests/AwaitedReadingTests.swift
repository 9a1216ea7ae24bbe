import TestSupport
import TestTraits
import Testing

/// A daemon that starts while AWS says nothing yet of the interval.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5))) struct AwaitedReadingTests {
    /// A window of 50 s, and a flush after 2.5 s, at the assumed interval of 5 s; of 50 min and 150 s at 300 s.
    private static let keys = [
        "errors_per_health_check = 10", #"assumed_health_check_interval = "5s""#, "flush_within = 0.05",
    ]

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a start sends no scheduled flush before the interval is read, for a minute at most`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            let credentials = IntervalScenario.credentials
            try await FakeAWS.with(accepting: [credentials], now: WallTime.now) { fake in
                // Longer than a call may take.
                try await fake.set(.init(delay: .seconds(40)))
                _ = await scenario.load(1, for: .milliseconds(900))
                let start = ContinuousClock.now
                let group = IntervalScenario.key([IntervalScenario.arn("orders")])
                let daemon = try await DaemonProcess(
                    on: scenario.server,
                    mode: "enforce",
                    keys: (Scenario.flushOnly + Self.keys + [group]).joined(separator: "\n"),
                    sections: IntervalScenario.section(fake.endpoint),
                    environment: IntervalScenario.environment(credentials),
                    in: scenario.folder
                )
                try await waitUntil("fifteen looks") {
                    daemon.metric(#"hostcached_server_checks_total{server="orders"}"#) ?? 0 >= 15
                }
                try scenario.expectChanges([])
                try await waitUntil(deadline: .seconds(120), "the assumed interval counts") {
                    try scenario.changes() == [scenario.flush]
                }
                #expect(ContinuousClock.now - start >= .seconds(60))
                try await daemon.stop()
            }
        }
    }
}
