import HostCacheCore
import TestSamples
import Testing

/// A raise whose answer was lost, and one that the server forgets.
@Suite struct PendingRaiseTests {
    private let policy = Policy()

    private func look(
        _ seconds: Int64,
        limit: UInt64,
        uptime: Int64? = nil,
        version: ServerVersion = .mysql97
    ) -> Observation {
        .sample(at: seconds, settings: .sample(version, limit: limit), uptime: uptime.map { .seconds($0) })
    }

    private func pending(_ statement: RaiseStatement = .persist) -> RaiseMemory {
        var memory = RaiseMemory()
        memory.begin(look(0, limit: 100), to: 5000, with: statement)
        return memory
    }

    @Test(arguments: [RaiseStatement.persist, .global])
    func `one that is in force at the next look is ours, with the limit before it`(statement: RaiseStatement)
    {
        var memory = pending(statement)
        #expect(memory.resolve(look(30, limit: 5000)) == true)
        var expected = RaiseMemory()
        expected.succeed(look(0, limit: 100), to: 5000, isPersisted: statement == .persist)
        #expect(memory == expected)
        #expect(memory.original == 100)
        #expect(memory.resolve(look(60, limit: 5000)) == nil)
        // Lowered by somebody: one of the two repeats of a day.
        #expect(memory.verdict(look(90, limit: 100), policy: policy) == .raise(.persist))
        memory.succeed(look(90, limit: 100), to: 5000, isPersisted: true)
        #expect(memory.repeats == [.seconds(90)])
    }

    @Test func `one that is not in force is tried again five minutes after it`() {
        var memory = pending()
        #expect(memory.resolve(look(30, limit: 100)) == false)
        #expect(memory.original == nil)
        #expect(memory.verdict(look(299, limit: 100), policy: policy) == .held(.retries(at: .seconds(300))))
        #expect(memory.verdict(look(300, limit: 100), policy: policy) == .raise(.persist))
    }

    @Test func `one that a restart forgot is tried again at once`() {
        var memory = pending()
        #expect(memory.resolve(look(30, limit: 100, uptime: 20)) == false)
        #expect(memory.verdict(look(30, limit: 100, uptime: 20), policy: policy) == .raise(.persist))
    }

    @Test func `a limit that somebody has set higher meanwhile is not ours`() {
        var memory = pending()
        #expect(memory.resolve(look(30, limit: 100_000)) == false)
        #expect(memory == RaiseMemory())
    }

    @Test(
        arguments: [
            // Nothing was ever raised.
            (nil, .mysql97, 5000, 10_030, false),
            (true, .mysql97, 5000, 10_030, false), (false, .mysql97, 5000, 10_030, true),
            (false, .mariadb, 5000, 10_030, true),
            // Somebody has set another one, or the server has it of its own after a restart.
            (false, .mariadb, 6000, 10_030, false), (false, .mariadb, 5000, 20, false),
            // Raised as the server started, which is only known to two seconds.
            (false, .mariadb, 5000, 29, true), (false, .mariadb, 5000, 28, false),
        ] as [(Bool?, ServerVersion, UInt64, Int64, Bool)]
    )
    func `what a restart forgets is a limit of ours that was not persisted in this life`(
        isPersisted: Bool?,
        version: ServerVersion,
        limit: UInt64,
        uptime: Int64,
        isForgotten: Bool
    ) {
        var memory = RaiseMemory()
        if let isPersisted {
            memory.succeed(look(0, limit: 100, version: version), to: 5000, isPersisted: isPersisted)
        }
        let seen = look(30, limit: limit, uptime: uptime, version: version)
        #expect(memory.isForgottenAtRestart(seen, policy: policy) == isForgotten)
    }

    @Test(arguments: [(.mysql97, false), (.mariadb, true)] as [(ServerVersion, Bool)])
    func `a raise of which an older state does not say is judged by what the server has`(
        version: ServerVersion,
        isForgotten: Bool
    ) {
        var memory = RaiseMemory()
        memory.succeed(look(0, limit: 100, version: version), to: 5000, isPersisted: true)
        memory.isPersisted = nil
        let seen = look(30, limit: 5000, version: version)
        #expect(memory.isForgottenAtRestart(seen, policy: policy) == isForgotten)
    }

    @Test func `the controller counts it, and says so once`() {
        var policy = Policy()
        policy.isEnforcing = true
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        let before = look(0, limit: 100)
        #expect(controller.look(before, interval: .seconds(30)).decision == .raise(.persist, to: 5000))
        controller.raiseBegins(before, to: 5000, with: .persist)
        controller.connectionBegins()
        let after = controller.look(look(5, limit: 5000), interval: .seconds(30))
        #expect(after.events == [.unknownRaiseResolved(isInForce: true)])
        #expect(controller.counters.limitChanges == 1)
        #expect(controller.memory.raises.original == 100)
        #expect(controller.look(look(35, limit: 5000), interval: .seconds(30)).events == [])
    }

    @Test func `a refused SET PERSIST leaves SET GLOBAL, over a lost connection too`() {
        var policy = Policy()
        policy.isEnforcing = true
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        let decisions = [Int64(0), 1, 299, 300].map { second in
            let seen = look(second, limit: 100)
            let decision = controller.look(seen, interval: .seconds(30)).decision
            if second == 0 { controller.raiseFailed(.persist, 1227, at: seen.instant) }
            controller.connectionBegins()
            return decision
        }
        #expect(
            decisions == [
                .raise(.persist, to: 5000), .raise(.global, to: 5000), .raise(.global, to: 5000),
                .raise(.persist, to: 5000),
            ]
        )
    }
}
