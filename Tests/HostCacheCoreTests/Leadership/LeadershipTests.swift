import HostCacheCore
import TestSamples
import Testing

@Suite struct LeadershipTests {
    static let nlb = "10.0.1.23"
    static let statements: [FlushStatement] = [.resize, .truncate]

    private func controller(_ adjust: (inout Policy) -> Void = { _ in }) -> Controller {
        var policy = Policy()
        policy.isEnforcing = true
        policy.loadBalancers = [Self.nlb]
        policy.wantedLimit = 100
        adjust(&policy)
        return Controller(policy: policy, memory: Memory(), counters: Counters())
    }

    private func look(_ seconds: Int64, spent: UInt64, count: UInt64? = nil, age: Int64 = 10) -> Observation {
        .sample(
            at: seconds,
            // A login takes what is spent away and leaves the count.
            [.sample(Self.nlb, spent: spent, handshakeErrors: count, firstErrorAge: .seconds(age))],
            settings: .sample(limit: 100)
        )
    }

    @Test(arguments: [Leadership.notSought, .holder, .refused(code: 1235), .refused(code: nil)])
    func `whoever is no follower acts at once`(_ leadership: Leadership) {
        var controller = controller()
        let seen = controller.look(look(0, spent: 50), interval: .seconds(30), leadership: leadership)
        #expect(seen.decision == .flush(Self.statements, .budget))
        #expect(seen.leadership == leadership)
    }

    @Test(arguments: [(50, .budget), (100, .blocked)] as [(UInt64, FlushTrigger)])
    func `a follower leaves what is due to the holder for two rounds`(spent: UInt64, trigger: FlushTrigger) {
        var controller = controller()
        let decisions = (0...2).map { second in
            controller.look(look(second, spent: spent), interval: .seconds(30), leadership: .follower(of: 7))
        }
        #expect(decisions.map(\.decision) == [.hold, .hold, .flush(Self.statements, trigger)])
        #expect(
            decisions.map(\.suppressed) == [[.init(.flush, .notLeader)], [.init(.flush, .notLeader)], []]
        )
        #expect(
            controller.counters.suppressed == [Suppression.Kind(action: .flush, reason: "not_leader"): 2]
        )
    }

    @Test func `a round without anything due, or as holder, starts the two rounds over`() {
        var controller = controller()
        let rounds: [(UInt64, Leadership)] = [
            (50, .follower(of: 7)), (50, .follower(of: 7)), (49, .follower(of: 7)), (50, .follower(of: 7)),
            (50, .follower(of: 8)), (50, .follower(of: 8)),
        ]
        let decisions = rounds.enumerated().map { second, round in
            controller.look(
                look(Int64(second), spent: round.0, count: 200),
                interval: .seconds(30),
                leadership: round.1
            ).decision
        }
        #expect(decisions == [.hold, .hold, .hold, .hold, .hold, .flush(Self.statements, .budget)])
    }

    @Test func `a follower leaves the schedule to the holder for two rounds`() {
        var controller = controller()
        let rounds = (0...2).map { second in
            controller.look(
                look(second, spent: 10, age: 100_000),
                interval: .seconds(30),
                leadership: .follower(of: 7)
            )
        }
        #expect(rounds.map(\.trigger) == [.schedule, .schedule, .schedule])
        #expect(rounds.map(\.decision) == [.hold, .hold, .flush(Self.statements, .schedule)])
        #expect(rounds.map(\.suppressed) == [[.init(.flush, .notLeader)], [.init(.flush, .notLeader)], []])
    }

    @Test func `a follower leaves a limit that is too low to the holder for two rounds`() {
        var controller = controller { $0.wantedLimit = 5000 }
        let rounds = (0...2).map { second in
            controller.look(look(second, spent: 0), interval: .seconds(30), leadership: .follower(of: 7))
        }
        #expect(rounds.map(\.decision) == [.hold, .hold, .raise(.persist, to: 5000)])
        #expect(rounds.map(\.suppressed) == [[.init(.raise, .notLeader)], [.init(.raise, .notLeader)], []])
    }

    @Test func `the two rounds of a raise do not count for a flush`() {
        var controller = controller {
            $0.wantedLimit = 5000
            $0.raiseWith = .global
        }
        for second in 0...1 as ClosedRange<Int64> {
            _ = controller.look(look(second, spent: 0), interval: .seconds(30), leadership: .follower(of: 7))
        }
        let before = look(2, spent: 50)
        let third = controller.look(before, interval: .seconds(30), leadership: .follower(of: 7))
        #expect(third.decision == .raise(.global, to: 5000))
        controller.raiseFailed(.global, nil, at: before.instant)
        let rounds = (3...4).map { second in
            controller.look(look(second, spent: 50), interval: .seconds(30), leadership: .follower(of: 7))
        }
        #expect(rounds.map(\.decision) == [.hold, .flush(Self.statements, .budget)])
    }

    @Test func `a follower whose turn it is raises first`() {
        var controller = controller { $0.wantedLimit = 5000 }
        let decisions = (0...2).map { second in
            controller.look(look(second, spent: 100), interval: .seconds(30), leadership: .follower(of: 7))
                .decision
        }
        #expect(decisions == [.hold, .hold, .raise(.persist, to: 5000)])
    }

    @Test func `the two rounds begin when the guard rails allow a flush`() {
        var controller = controller { $0.guardRails.minFlushGap = .seconds(10) }
        controller.flushBegins(.manual, at: .zero)
        let decisions = (1...12).map { second in
            controller.look(look(second, spent: 50), interval: .seconds(30), leadership: .follower(of: 7))
        }
        #expect(decisions.prefix(11).allSatisfy { $0.decision == .hold })
        #expect(decisions[8].suppressed == [.init(.flush, .rateLimit(.gap, until: .seconds(10)))])
        #expect(decisions[9].suppressed == [.init(.flush, .notLeader)])
        #expect(decisions[11].decision == .flush(Self.statements, .budget))
    }

    @Test(arguments: [(50, 30), (100, 7.5)] as [(UInt64, Double)])
    func `a follower waits a quarter of the check interval where logins are refused`(
        spent: UInt64,
        seconds: Double
    ) {
        var controller = controller()
        _ = controller.look(look(0, spent: spent), interval: .seconds(300), leadership: .follower(of: 7))
        let second = controller.look(
            look(1, spent: spent),
            interval: .seconds(300),
            leadership: .follower(of: 7)
        )
        #expect(second.nextLook == .seconds(seconds))
    }

    @Test func `another server starts the two rounds over`() {
        var controller = controller()
        for second in 0...1 as ClosedRange<Int64> {
            _ = controller.look(look(second, spent: 50), interval: .seconds(30), leadership: .follower(of: 7))
        }
        controller.meet(Memory())
        let first = controller.look(
            look(2, spent: 50),
            interval: .seconds(30),
            leadership: .follower(of: 7)
        )
        #expect(first.decision == .hold)
    }

    @Test func `flushes of others count for gap, cap and schedule like our own`() {
        var controller = controller { policy in
            policy.guardRails = GuardRails(minFlushGap: .seconds(10), maxFlushesPerHour: 1)
        }
        _ = controller.look(look(0, spent: 40), interval: .seconds(30), leadership: .holder)
        let flushed = controller.look(look(5, spent: 1), interval: .seconds(30), leadership: .holder)
        #expect(flushed.events == [.flushObserved])
        let atGap = controller.look(look(14, spent: 60), interval: .seconds(30), leadership: .holder)
        #expect(atGap.suppressed == [.init(.flush, .rateLimit(.gap, until: .seconds(15)))])
        let atCap = controller.look(look(15, spent: 60), interval: .seconds(30), leadership: .holder)
        #expect(atCap.suppressed == [.init(.flush, .rateLimit(.cap, until: .seconds(305)))])
    }

    @Test func `another's flush right after our own is seen`() {
        var controller = controller()
        let before = look(0, spent: 60)
        _ = controller.look(before, interval: .seconds(30), leadership: .holder)
        controller.flushBegins(.budget, at: .milliseconds(1))
        controller.flushEnded(
            .verified,
            with: .truncate,
            before: before,
            at: .milliseconds(3)
        )
        var after = look(0, spent: 30)
        after.instant = .milliseconds(2)
        #expect(controller.look(after, interval: .seconds(30), leadership: .holder).events == [])
        let later = controller.look(look(9, spent: 3), interval: .seconds(30), leadership: .holder)
        #expect(later.events == [.flushObserved])
        #expect(controller.memory.flushes.last == .seconds(9))
    }

    @Test(
        arguments: [
            (true, [.flush, .raise], true), (true, [.flush], true), (true, [.raise], false),
            (true, [], false), (false, [.flush, .raise], false),
        ] as [(Bool, Set<Policy.Action>, Bool)]
    )
    func `only a daemon that flushes seeks the lock`(
        isEnforcing: Bool,
        actions: Set<Policy.Action>,
        expected: Bool
    ) {
        var policy = Policy()
        policy.isEnforcing = isEnforcing
        policy.actions = actions
        #expect(policy.seeksLeadership == expected)
    }

    @Test(arguments: [(1, 30), (10, 30), (11, 33), (30, 90), (3600, 10_800)] as [(Int64, Int64)])
    func `the server keeps an idle session for three of the longest sleeps, and 30 s at least`(
        checkInterval: Int64,
        limit: Int64
    ) {
        var policy = Policy()
        policy.checkInterval = .seconds(checkInterval)
        #expect(policy.idleLimit == .seconds(limit))
    }
}
