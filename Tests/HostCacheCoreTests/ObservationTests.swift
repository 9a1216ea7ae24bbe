import HostCacheCore
import TestSamples
import Testing

@Suite struct ObservationTests {
    static let earlier = Observation.sample(at: 100)

    @Test(
        arguments: [
            // The same life, a look of normal length later.
            (130, 10_130, false),
            // Whole seconds and slow rounds make the computed start waver.
            (130, 10_129, false),
            (130, 10_115, false),
            (130, 10_114, true),
            // Uptime fell, by one second and to nothing.
            (101, 10_100, false),
            (101, 10_099, true),
            (130, 0, true),
            // So long after the last look that uptime is longer again.
            (30_000, 20_000, true),
        ] as [(Int64, Int64, Bool)]
    )
    func `a server that started later is another life`(instant: Int64, uptime: Int64, isAnother: Bool) {
        let seen = Observation.sample(at: instant, uptime: .seconds(uptime))
        #expect(seen.isAnotherLife(since: Self.earlier) == isAnother)
    }

    @Test(
        arguments: [
            // Connections, aborted ones and FLUSH statements; before there were 50, 20 and 3.
            (50, 20, 3, false), (51, 21, 4, false), (49, 20, 3, true), (50, 19, 3, true), (50, 20, 2, true),
            (50, 20, nil, false), (nil, 20, 3, true),
        ] as [(UInt64?, UInt64, UInt64?, Bool)]
    )
    func `a clock that was set back is another life only where a counter fell`(
        connections: UInt64?,
        aborted: UInt64,
        flushes: UInt64?,
        isAnother: Bool
    ) {
        var earlier = Observation.sample(at: 100, abortedConnects: 20)
        earlier.connections = 50
        earlier.flushCommands = 3
        var seen = Observation.sample(at: 130, uptime: .seconds(6_530), abortedConnects: aborted)
        seen.connections = connections
        seen.flushCommands = flushes
        #expect(seen.isAnotherLife(since: earlier) == isAnother)
        seen.uptime = .seconds(10_130)
        #expect(!seen.isAnotherLife(since: earlier))
    }

    @Test func `the server's start is its uptime ago`() {
        #expect(Observation.sample(at: 100, uptime: .seconds(30)).serverStart == .seconds(70))
        #expect(Observation.sample(at: 100, uptime: .seconds(300)).serverStart == .seconds(-200))
    }
}
