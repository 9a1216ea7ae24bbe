import HostCacheCore
import TestSamples
import Testing

struct ErrorBoundTests {
    /// A look at second 100 at a server that started at second 0.
    private func seen(_ counter: UInt64, countedSince: Duration = .zero) -> Observation {
        var seen = Observation.sample(at: 100, uptime: .seconds(100), abortedConnects: counter)
        seen.countedSince = countedSince
        return seen
    }

    private static func bound(
        _ counter: UInt64,
        spent: UInt64,
        countedSince: Duration = .zero,
        at seconds: Int64 = 50
    ) -> ErrorBound {
        ErrorBound(counter: counter, spent: spent, countedSince: countedSince, at: .seconds(seconds))
    }

    @Test func `with nothing known all of the counter is spent`() {
        #expect(ErrorBound(nil, seen(7), canBlock: true) == Self.bound(7, spent: 7, at: 100))
    }

    @Test(arguments: [(40, 5, 50), (41, 6, 100), (52, 17, 100)] as [(UInt64, UInt64, Int64)])
    func `what is added is spent, and only a change moves the moment`(
        counter: UInt64,
        spent: UInt64,
        at: Int64
    ) {
        let bound = ErrorBound(Self.bound(40, spent: 5), seen(counter), canBlock: true)
        #expect(bound == Self.bound(counter, spent: spent, at: at))
    }

    @Test(arguments: [0, 39, 40, 41] as [UInt64])
    func `a counter set to zero adds all it has now, whether it fell or not`(counter: UInt64) {
        let bound = ErrorBound(
            Self.bound(40, spent: 5),
            seen(counter, countedSince: .seconds(60)),
            canBlock: true
        )
        #expect(
            bound
                == Self.bound(
                    counter,
                    spent: 5 + counter,
                    countedSince: .seconds(60),
                    at: counter == 0 ? 50 : 100
                )
        )
    }

    @Test func `a counter that fell without a word adds all it has now`() {
        #expect(ErrorBound(Self.bound(40, spent: 5), seen(39), canBlock: true).spent == 44)
    }

    @Test(arguments: [(-1, 9), (0, 5 + 9 - 4)] as [(Int64, UInt64)])
    func `what is from before the server's start is dropped`(at: Int64, spent: UInt64) {
        let bound = ErrorBound(Self.bound(4, spent: 5, at: at), seen(9), canBlock: true)
        #expect(bound == Self.bound(9, spent: spent, at: 100))
    }

    @Test func `where the server cannot block nothing is spent, and later only what is added`() {
        let off = ErrorBound(Self.bound(40, spent: 5), seen(60), canBlock: false)
        #expect(off == Self.bound(60, spent: 0, at: 100))
        #expect(ErrorBound(off, seen(61), canBlock: true).spent == 1)
    }

    @Test func `the largest counter does not overflow`() {
        #expect(ErrorBound(Self.bound(0, spent: .max), seen(.max), canBlock: true).spent == .max)
    }
}
