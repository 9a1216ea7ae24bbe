import HostCacheCore
import Synchronization
import TestSamples
import TestSupport
import Testing

/// What a server loop does until the first reading of its target groups.
@Suite(.timeLimit(.minutes(5))) struct AwaitedIntervalTests {
    private final class Waiting: Sendable {
        let goesOn = Mutex(true)
    }

    @Test func `the next look is soon while the interval may be another`() async throws {
        let waiting = Waiting()
        let policy = Policy.sample { $0.checkInterval = .seconds(600) }
        let bench = try LoopBench(policy, .sample(), awaitsInterval: { waiting.goesOn.withLock(\.self) })
        try await bench.run {
            #expect(bench.sleep == .seconds(1))
            await bench.turn()
            #expect(bench.sleep == .seconds(5))
            waiting.goesOn.withLock { $0 = false }
            await bench.turn()
            #expect(bench.sleep == .seconds(600))
        }
    }
}
