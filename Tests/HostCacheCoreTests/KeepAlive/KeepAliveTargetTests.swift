import HostCacheCore
import Testing

@Suite struct KeepAliveTargetTests {
    /// Every 100 s; an address is kept for 200 s.
    private let plan: KeepAlivePlan
    private static let node = "10.0.1.23"

    init() throws {
        plan = try #require(KeepAlivePlan(window: .after(.seconds(400))))
    }

    @Test func `the first login is due at once, the next a period later`() {
        var target = KeepAliveTarget()
        #expect(target.dueAt(plan, nil) == .zero)
        target.note(.proved, seen: [Self.node], nil, at: .seconds(7))
        #expect(target.dueAt(plan, nil) == .seconds(107))
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
        #expect(!target.isKept(plan, nil, at: .zero))
        target.note(outcome, seen: [Self.node], nil, at: .seconds(5))
        #expect(target.isKept(plan, nil, at: .seconds(5) + .milliseconds(age)) == isKept)
    }

    @Test func `one failure does not lose an address, our own address does`() {
        var target = KeepAliveTarget()
        target.note(.proved, seen: [Self.node], nil, at: .zero)
        target.note(.failed, seen: [], nil, at: .seconds(100))
        #expect(target.isKept(plan, nil, at: .seconds(100)))
        target.note(.ownAddress, seen: ["10.9.9.9"], nil, at: .seconds(105))
        #expect(!target.isKept(plan, nil, at: .seconds(105)))
    }

    @Test func `a window too short for logins keeps nothing`() throws {
        let short = try #require(KeepAlivePlan(window: .after(.milliseconds(3_999))))
        var target = KeepAliveTarget()
        target.note(.proved, seen: [Self.node], nil, at: .zero)
        #expect(!target.isKept(short, nil, at: .zero))
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
            target.note(.failed, seen: [], nil, at: now)
            #expect(target.dueAt(plan, nil) - now == .seconds(wait))
            now = target.dueAt(plan, nil)
        }
        target.note(.proved, seen: [Self.node], nil, at: now)
        #expect(target.dueAt(plan, nil) - now == plan.period)
    }

    /// A look with one address past `flush_at`.
    private func pressed(_ address: String, isBlocked: Bool = false, at seconds: Int) -> KeepAliveEvidence {
        var evidence = KeepAliveEvidence(at: .seconds(seconds), window: .after(.seconds(400)))
        evidence.pressed = [address: isBlocked]
        return evidence
    }

    @Test(
        arguments: [
            // Seen after the login: due at once, and over and over while each look shows it.
            (.proved, [node], node, 8, 7), (.proved, ["10.7.7.7"], "10.7.7.7", 8, 7),
            // Seen before it, or another address: the clock's turn.
            (.proved, [node], node, 7, 107), (.proved, [node], node, 6, 107),
            (.proved, [node], "10.0.2.23", 8, 107), (.proved, ["10.7.7.7"], node, 8, 107),
            // What became of a login is not known: not at once.
            (.unknown, [], node, 8, 12), (.failed, [], node, 8, 12),
            // It cannot help.
            (.ownAddress, ["10.9.9.9"], node, 8, 107),
        ] as [(KeepAliveOutcome, Set<String>, String, Int, Int)]
    )
    func `an address past flush_at is logged in through at once, whatever the clock says`(
        _ outcome: KeepAliveOutcome,
        _ seen: Set<String>,
        _ address: String,
        _ lookedAt: Int,
        _ dueAt: Int
    ) {
        var target = KeepAliveTarget()
        target.note(outcome, seen: seen, nil, at: .seconds(7))
        #expect(target.dueAt(plan, pressed(address, at: lookedAt)) == .seconds(dueAt))
    }

    @Test(arguments: [(29, 107), (30, 7), (31, 7), (19, 7), (9, 107)] as [(UInt64, Int)])
    func `where no row can be seen, what came since the login counts`(_ arrived: UInt64, _ dueAt: Int) {
        let evidence = { (arrived: UInt64, seconds: Int) in
            var evidence = KeepAliveEvidence(at: .seconds(seconds), window: .after(.seconds(400)))
            evidence.unseen = KeepAliveEvidence.Unseen(arrived: arrived, budget: 10)
            return evidence
        }
        var target = KeepAliveTarget()
        target.note(.proved, seen: [Self.node], evidence(20, 6), at: .seconds(7))
        // Fewer than then: the server was restarted and counts from the beginning.
        #expect(target.dueAt(plan, evidence(arrived, 8)) == .seconds(dueAt))
    }

    @Test(
        arguments: [
            (node, true, 8, false), (node, true, 7, true), (node, false, 8, true),
            ("10.0.2.23", true, 8, true),
        ] as [(String, Bool, Int, Bool)]
    )
    func `an address that is seen blocked after the login is not kept`(
        _ address: String,
        _ isBlocked: Bool,
        _ lookedAt: Int,
        _ isKept: Bool
    ) {
        var target = KeepAliveTarget()
        target.note(.proved, seen: [Self.node], nil, at: .seconds(7))
        let evidence = pressed(address, isBlocked: isBlocked, at: lookedAt)
        #expect(target.isKept(plan, evidence, at: .seconds(9)) == isKept)
    }
}
