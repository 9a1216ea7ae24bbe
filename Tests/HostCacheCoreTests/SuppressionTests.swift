import HostCacheCore
import Testing

@Suite struct SuppressionTests {
    @Test func `every reason is counted under a known name`() {
        let reasons: [Suppression.Reason] = [
            .observeMode, .actionOff, .privilege, .notLeader, .rateLimit(.gap, until: .seconds(60)),
            .rateLimit(.cap, until: .zero), .foreignFlush(until: .zero),
        ]
        #expect(
            reasons.map { Suppression(.flush, $0).kind } == [
                Suppression.Kind(action: .flush, reason: "observe_mode"),
                Suppression.Kind(action: .flush, reason: "action_off"),
                Suppression.Kind(action: .flush, reason: "privilege"),
                Suppression.Kind(action: .flush, reason: "not_leader"),
                Suppression.Kind(action: .flush, reason: "rate_limit"),
                Suppression.Kind(action: .flush, reason: "rate_limit"),
                Suppression.Kind(action: .flush, reason: "foreign_flush"),
            ]
        )
        #expect(Set(reasons.map { Suppression(.raise, $0).kind.reason }) == Set(Suppression.Kind.reasons))
    }
}
