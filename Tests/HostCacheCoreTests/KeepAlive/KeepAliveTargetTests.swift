import HostCacheCore
import Testing

@Suite struct KeepAliveTargetTests {
    /// Every 100 s; an address is kept for 200 s.
    private let plan: KeepAlivePlan

    init() throws {
        plan = try #require(KeepAlivePlan(window: .after(.seconds(400))))
    }

    @Test func `the first login is due at once, the next a period later`() {
        var target = KeepAliveTarget()
        #expect(target.dueAt(plan) == .zero)
        target.note(.proved, at: .seconds(7))
        #expect(target.dueAt(plan) == .seconds(107))
    }

    @Test(
        arguments: [
            (.proved, 200_000, true), (.proved, 200_001, false), (.proved, 0, true),
            (.ownAddress, 0, false), (.unknown, 0, false), (.failed, 0, false),
        ] as [(KeepAliveOutcome, Int, Bool)]
    )
    func `only a proved login keeps an address, for two periods`(
        _ outcome: KeepAliveOutcome,
        _ age: Int,
        _ isKept: Bool
    ) {
        var target = KeepAliveTarget()
        #expect(!target.isKept(plan, at: .zero))
        target.note(outcome, at: .seconds(5))
        #expect(target.isKept(plan, at: .seconds(5) + .milliseconds(age)) == isKept)
    }

    @Test func `one failure does not lose an address, our own address does`() {
        var target = KeepAliveTarget()
        target.note(.proved, at: .zero)
        target.note(.failed, at: .seconds(100))
        #expect(target.isKept(plan, at: .seconds(100)))
        target.note(.ownAddress, at: .seconds(105))
        #expect(!target.isKept(plan, at: .seconds(105)))
    }

    @Test func `a window too short for logins keeps nothing`() throws {
        let short = try #require(KeepAlivePlan(window: .after(.milliseconds(3_999))))
        var target = KeepAliveTarget()
        target.note(.proved, at: .zero)
        #expect(!target.isKept(short, at: .zero))
    }

    @Test(
        arguments: [
            (400, [5, 10, 20, 40, 80, 100, 100]),
            (40, [5, 10, 20, 40, 60, 60, 60]),
            (400_000, [5, 10, 20, 40, 80, 160, 300]),
        ] as [(Int, [Int])]
    )
    func `failures back off, to the period at most, between one minute and five`(
        _ window: Int,
        _ waits: [Int]
    ) throws {
        let plan = try #require(KeepAlivePlan(window: .after(.seconds(window))))
        var target = KeepAliveTarget()
        var now = Duration.zero
        for wait in waits {
            target.note(.failed, at: now)
            #expect(target.dueAt(plan) - now == .seconds(wait))
            now = target.dueAt(plan)
        }
        target.note(.proved, at: now)
        #expect(target.dueAt(plan) - now == plan.period)
    }
}
