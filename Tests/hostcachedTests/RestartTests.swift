import FoundationEssentials
import TestSupport
import TestTraits
import Testing

/// Servers and daemons that go away and come back.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct RestartTests {
    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a server that was killed is reported down and up, once each`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            let daemon = try await scenario.daemon(keys: [#"check_interval = "1s""#])
            try await waitUntil("the limit is raised") {
                try await scenario.server.sql("SELECT @@global.max_connect_errors") == "5000"
            }
            await scenario.server.kill()
            try await waitUntil("the server is reported down") {
                daemon.metric(#"hostcached_server_up{server="orders"}"#) == 0
            }
            try await scenario.server.restart()
            try await waitUntil("the server is reported up") {
                daemon.metric(#"hostcached_server_up{server="orders"}"#) == 1
            }
            try await waitUntil("the limit is as wanted") {
                try await scenario.server.sql("SELECT @@global.max_connect_errors") == "5000"
            }
            try await daemon.stop()

            #expect(daemon.log.filter { $0.contains(" server is down ") }.count == 1)
            #expect(daemon.log.filter { $0.contains(" server is up again ") }.count == 1)
            // SET PERSIST outlives the restart, SET GLOBAL does not.
            #expect(
                daemon.log.filter { $0.contains(" max_connect_errors raised ") }.count
                    == (kind == .mysql ? 1 : 2)
            )
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a daemon that was killed goes on with gap, cap, schedule and counters`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        let keys = [
            #"raise_with = "never""#, #"check_interval = "1s""#, #"min_flush_gap = "8s""#,
            "max_flushes_per_hour = 2",
        ]
        try await Scenario.with(kind) { scenario in
            let load = Task { await scenario.load(30, for: .seconds(240)) }
            defer { load.cancel() }
            let first = try await scenario.daemon(keys: keys)
            try await waitUntil("a flush shows in the metrics") {
                first.metric(#"hostcached_flushes_total{server="orders",trigger="budget"}"#) == 1
                    && first.metric(#"hostcached_last_flush_timestamp_seconds{server="orders"}"#) ?? 0 > 0
            }
            let errors = try #require(first.metric(Self.errors))
            let lastFlush = try #require(first.metric(Self.lastFlush))
            await first.kill()

            let second = try await scenario.daemon(keys: keys)
            // The state holds milliseconds.
            let resumed = try #require(second.metric(Self.lastFlush))
            #expect(abs(resumed - lastFlush) < 0.01)
            #expect(try #require(second.metric(Self.errors)) >= errors)
            #expect(
                try #require(second.metric(#"hostcached_flushes_total{server="orders",trigger="budget"}"#))
                    == 1
            )
            // The cap of two holds over both daemons, so the third is not sent within the five minutes.
            try await waitUntil(deadline: .seconds(120), "the cap holds the third flush") {
                second.log.contains {
                    $0.contains(Self.held) && $0.contains("guard_rail=max_flushes_per_hour")
                }
            }
            try await second.stop()

            let intents = second.audit.filter { $0.contains(#""phase":"intent""#) }
            #expect(intents.count == 2)
            let times = intents.compactMap { Self.time($0) }
            #expect(try #require(times.last).timeIntervalSince(try #require(times.first)) >= 8)
            #expect(
                second.log.filter {
                    $0.contains(Self.held) && $0.contains("guard_rail=max_flushes_per_hour")
                }.count == 1
            )
        }
    }

    private static let held = "a guard rail holds"
    private static let errors = #"hostcached_handshake_errors_observed_total{server="orders"}"#
    private static let lastFlush = #"hostcached_last_flush_timestamp_seconds{server="orders"}"#

    private static func time(_ line: String) -> Date? {
        let key = #""time":""#
        guard let start = line.ranges(of: key).first?.upperBound else { return nil }
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        // A line without a time is left out, and the count of lines tells.
        return try? style.parse(String(line[start...].prefix(24)))
    }
}
