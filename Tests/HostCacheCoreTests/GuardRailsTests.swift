import HostCacheCore
import Testing

@Suite struct GuardRailsTests {
    private let rails = GuardRails(minFlushGap: .seconds(60), maxFlushesPerHour: 3)

    /// Three flushes of ours, the last at 200 s: the cap is reached.
    private var full: FlushHistory {
        var history = FlushHistory()
        for seconds in [0, 100, 200] { history.begin(at: .seconds(seconds)) }
        return history
    }

    private func verdict(
        _ seconds: Int64,
        _ history: FlushHistory,
        unblocks: Bool = false
    ) -> GuardRails.Verdict {
        rails.verdict(at: .seconds(seconds), history: history, unblocksLoadBalancer: unblocks)
    }

    @Test func `the defaults are a minute and thirty an hour`() {
        #expect(GuardRails() == GuardRails(minFlushGap: .seconds(60), maxFlushesPerHour: 30))
    }

    @Test func `without a flush before it any is allowed`() {
        #expect(verdict(0, FlushHistory()) == .allowed)
    }

    @Test(
        arguments: [(0, false), (59, false), (60, true), (61, true)] as [(Int64, Bool)]
    )
    func `the gap runs from the last attempt and from the last observed flush`(
        seconds: Int64,
        isAllowed: Bool
    ) {
        let expected: GuardRails.Verdict = isAllowed ? .allowed : .wait(until: .seconds(160), .gap)
        var attempted = FlushHistory()
        attempted.begin(at: .seconds(100))
        var observed = FlushHistory()
        observed.last = .seconds(100)
        var both = attempted
        both.last = .seconds(50)
        for history in [attempted, observed, both] {
            #expect(verdict(100 + seconds, history) == expected)
            #expect(verdict(100 + seconds, history, unblocks: true) == expected)
        }
    }

    @Test(
        arguments: [
            (259, .wait(until: .seconds(260), .gap)),
            (260, .wait(until: .seconds(500), .cap)),
            (499, .wait(until: .seconds(500), .cap)),
            (500, .allowed),
        ] as [(Int64, GuardRails.Verdict)]
    )
    func `at the cap one flush is allowed every five minutes`(seconds: Int64, expected: GuardRails.Verdict) {
        #expect(verdict(seconds, full) == expected)
    }

    @Test(
        arguments: [(259, .wait(until: .seconds(260), .gap)), (260, .allowed)]
            as [(Int64, GuardRails.Verdict)]
    )
    func `at the cap a blocked load balancer waits for the gap only`(
        seconds: Int64,
        expected: GuardRails.Verdict
    ) {
        #expect(verdict(seconds, full, unblocks: true) == expected)
    }

    @Test func `below the cap the gap is all`() {
        var history = FlushHistory()
        for seconds in [100, 200] { history.begin(at: .seconds(seconds)) }
        #expect(verdict(260, history) == .allowed)
    }

    @Test(
        arguments: [(3599, .wait(until: .seconds(3800), .cap)), (3600, .allowed), (3601, .allowed)]
            as [(Int64, GuardRails.Verdict)]
    )
    func `a flush counts for an hour`(seconds: Int64, expected: GuardRails.Verdict) {
        var history = FlushHistory()
        for start in [0, 3400, 3500] { history.begin(at: .seconds(start)) }
        #expect(verdict(seconds, history) == expected)
    }

    @Test func `with no flush allowed in an hour the slow lane is open`() {
        let closed = GuardRails(minFlushGap: .seconds(60), maxFlushesPerHour: 0)
        let verdict = closed.verdict(at: .seconds(260), history: full, unblocksLoadBalancer: false)
        #expect(verdict == .wait(until: .seconds(500), .cap))
    }
}
