import TestSupport
import TestTraits
import Testing

/// A name that leads to another server, and back.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct SwitchTests {
    @Test(
        arguments: [(.mysql, .mysql), (.mariadb, .mariadb), (.mysql, .mariadb)]
            as [(ThrowawayServer.Kind, ThrowawayServer.Kind)]
    )
    func `another server under the same name has its own history, lock and statements`(
        _ first: ThrowawayServer.Kind,
        _ second: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(first) { one in
            try await Scenario.with(second) { other in
                try await Relay.with(to: one.server.port) { relay in
                    let keys = [
                        #"raise_with = "never""#, #"check_interval = "1s""#, #"min_flush_gap = "1h""#,
                    ]
                    try await one.block()
                    try await other.block()
                    let daemon = try await one.daemon(keys: keys, through: relay.port)
                    try await waitUntil("the first server is flushed") { await one.login() == nil }
                    relay.lead(to: other.server.port)
                    // The gap of an hour is the first one's.
                    try await waitUntil("the second server is flushed") { await other.login() == nil }
                    try await one.block()
                    relay.lead(to: one.server.port)
                    try await waitUntil("the first one's gap holds") {
                        daemon.log.contains { $0.contains("a guard rail holds a flush that is due") }
                    }
                    try await daemon.stop()

                    try one.expectChanges([one.flush])
                    try other.expectChanges([other.flush])
                    let locks = try [one, other].map { scenario in
                        try scenario.sent().count { $0.contains("GET_LOCK(") }
                    }
                    #expect(locks == [2, 1])
                    let switches = daemon.log.filter { $0.contains("another server answers to this name") }
                    #expect(switches.count == 2)
                    let state = try #require(daemon.state)
                    #expect(state.ranges(of: #""last_flush" : "#).count == 2)
                }
            }
        }
    }
}
