import HostCacheCore
import TestSamples
import Testing

@Suite struct ControllerTests {
    static let nlb = "10.0.1.23"

    private func controller(
        memory: Memory = Memory(),
        _ adjust: (inout Policy) -> Void = { _ in }
    ) -> Controller {
        var policy = Policy()
        policy.isEnforcing = true
        policy.loadBalancers = [Self.nlb]
        policy.wantedLimit = 100
        adjust(&policy)
        return Controller(policy: policy, memory: memory, counters: Counters())
    }

    private func look(
        _ seconds: Int64,
        spent: UInt64? = nil,
        limit: UInt64 = 100,
        firstSeen: Int64 = 900,
        uptime: Int64? = nil
    ) -> Observation {
        .sample(
            at: seconds,
            spent.map { [.sample(Self.nlb, spent: $0, firstSeen: firstSeen, firstErrorAge: .seconds(10))] }
                ?? [],
            settings: .sample(limit: limit),
            uptime: uptime.map { .seconds($0) }
        )
    }

    private func blind(
        _ seconds: Int64,
        aborted: UInt64,
        uptime: Int64? = nil,
        limit: UInt64 = 100
    ) -> Observation {
        .sample(
            at: seconds,
            settings: .sample(.mariadb, performanceSchema: false, limit: limit),
            uptime: uptime.map { .seconds($0) },
            abortedConnects: aborted
        )
    }

    @Test func `a clean server is held and looked at again after a second, then at the check interval`() {
        var controller = controller()
        let first = controller.look(look(0), interval: .seconds(300))
        #expect(first.decision == .hold)
        #expect(first.nextLook == .seconds(1))
        #expect(first.events == [])
        #expect(controller.look(look(1), interval: .seconds(300)).nextLook == .seconds(30))
    }

    @Test(
        arguments: [
            (49, .hold, nil), (50, .flush([.resize, .truncate], .budget), .budget),
            (100, .flush([.resize, .truncate], .blocked), .blocked),
        ] as [(UInt64, Assessment.Decision, FlushTrigger?)]
    )
    func `the first look flushes only what is blocked or spent`(
        spent: UInt64,
        decision: Assessment.Decision,
        trigger: FlushTrigger?
    ) {
        var controller = controller()
        let seen = controller.look(look(0, spent: spent), interval: .seconds(300))
        #expect(seen.decision == decision)
        #expect(seen.trigger == trigger)
        #expect(seen.suppressed == [])
    }

    @Test(
        arguments: [(.observeMode, false, [.flush, .raise]), (.actionOff, true, [])]
            as [(Suppression.Reason, Bool, Set<Policy.Action>)]
    )
    func `what is due and not allowed is said and counted`(
        reason: Suppression.Reason,
        isEnforcing: Bool,
        actions: Set<Policy.Action>
    ) {
        var controller = controller {
            $0.isEnforcing = isEnforcing
            $0.actions = actions
            $0.wantedLimit = 5000
        }
        let seen = controller.look(look(0, spent: 100), interval: .seconds(300))
        #expect(seen.decision == .hold)
        #expect(seen.trigger == .blocked)
        #expect(seen.raise == .raise(.persist))
        #expect(seen.suppressed == [Suppression(.raise, reason), Suppression(.flush, reason)])
        let kinds = seen.suppressed.map(\.kind)
        #expect(controller.counters.suppressed == [kinds[0]: 1, kinds[1]: 1])
    }

    @Test func `raising comes first and cures the block without a flush`() {
        var controller = controller { $0.wantedLimit = 5000 }
        let before = look(0, spent: 100)
        let first = controller.look(before, interval: .seconds(300))
        #expect(first.decision == .raise(.persist, to: 5000))
        #expect(first.trigger == .blocked)
        controller.raiseSucceeded(before, to: 5000, isPersisted: true)
        let second = controller.look(look(1, spent: 100, limit: 5000), interval: .seconds(300))
        #expect(second.decision == .hold)
        #expect(second.trigger == nil)
        #expect(controller.counters.limitChanges == 1)
        #expect(controller.memory.raises.original == 100)
    }

    @Test func `after raising a flush is sent if it is still due`() {
        var controller = controller { $0.wantedLimit = 150 }
        let before = look(0, spent: 100)
        #expect(controller.look(before, interval: .seconds(300)).decision == .raise(.persist, to: 150))
        controller.raiseSucceeded(before, to: 5000, isPersisted: true)
        let second = controller.look(look(1, spent: 100, limit: 150), interval: .seconds(300))
        #expect(second.decision == .flush([.resize, .truncate], .budget))
    }

    @Test func `a raise that failed does not delay the flush`() {
        var controller = controller { $0.wantedLimit = 5000 }
        _ = controller.look(look(0, spent: 100), interval: .seconds(300))
        controller.raiseFailed(.persist, nil, at: .zero)
        let second = controller.look(look(1, spent: 100), interval: .seconds(300))
        #expect(second.raise == .held(.retries(at: .seconds(300))))
        #expect(second.decision == .flush([.resize, .truncate], .blocked))
    }

    @Test func `a raise that is not allowed does not delay the flush`() {
        var controller = controller {
            $0.wantedLimit = 5000
            $0.actions = [.flush]
        }
        let seen = controller.look(look(0, spent: 100), interval: .seconds(300))
        #expect(seen.decision == .flush([.resize, .truncate], .blocked))
        #expect(seen.suppressed == [Suppression(.raise, .actionOff)])
    }

    @Test func `somebody who keeps lowering the limit is reported once`() {
        var controller = controller { $0.wantedLimit = 5000 }
        for seconds in [Int64(0), 60, 120] {
            _ = controller.look(look(seconds), interval: .seconds(300))
            controller.raiseSucceeded(look(seconds), to: 5000, isPersisted: true)
        }
        let latched = controller.look(look(180), interval: .seconds(300))
        #expect(latched.events == [.raiseLatched])
        #expect(latched.raise == .held(.latched))
        #expect(latched.decision == .hold)
        #expect(controller.look(look(210), interval: .seconds(300)).events == [])
    }

    @Test(
        arguments: [(59, .hold), (60, .flush([.resize, .truncate], .blocked))]
            as [(Int64, Assessment.Decision)]
    )
    func `a flush that had no effect is repeated after the gap`(seconds: Int64, decision: Assessment.Decision)
    {
        var controller = controller()
        let before = look(0, spent: 100)
        _ = controller.look(before, interval: .seconds(300))
        controller.flushBegins(.blocked, at: .zero)
        #expect(controller.counters.flushes == [:])
        // One flush, with both statements.
        controller.flushSends()
        controller.flushSends()
        controller.flushEnded(
            .failed([Self.nlb]),
            with: .truncate,
            before: before,
            at: before.instant
        )
        #expect(controller.counters.flushFailures == 1)
        #expect(controller.counters.flushes == [.blocked: 1])
        #expect(controller.memory.flushes.last == nil)
        let seen = controller.look(look(seconds, spent: 100), interval: .seconds(300))
        #expect(seen.decision == decision)
    }

    @Test func `a held flush is looked at again when the guard rail ends`() {
        var controller = controller()
        controller.flushBegins(.blocked, at: .zero)
        _ = controller.look(look(50, spent: 100), interval: .seconds(300))
        let seen = controller.look(look(51, spent: 100), interval: .seconds(300))
        #expect(seen.suppressed == [Suppression(.flush, .rateLimit(.gap, until: .seconds(60)))])
        #expect(seen.nextLook == .seconds(9))
    }

    @Test func `a refused statement is not tried again, and one that met a lock comes last`() {
        var controller = controller { $0.flushWith = .statement(.flush) }
        let settings = ServerSettings.sample(.mysql(8, 0, 44), limit: 100)
        func seen(_ seconds: Int64) -> Observation {
            .sample(at: seconds, [.sample(Self.nlb, spent: 100, firstSeen: 900)], settings: settings)
        }
        func refuse(_ statement: FlushStatement, _ code: UInt32, _ seconds: Int64) {
            controller.flushEnded(
                .refused(code),
                with: statement,
                before: seen(seconds),
                at: .seconds(seconds)
            )
        }
        func statements(_ seconds: Int64) -> [FlushStatement]? {
            guard
                case .flush(let statements, .blocked) = controller.look(
                    seen(seconds),
                    interval: .seconds(300)
                ).decision
            else { return nil }
            return statements
        }
        #expect(statements(0) == [.flush, .resize, .truncate])
        refuse(.flush, 1205, 0)
        #expect(statements(60) == [.resize, .truncate, .flush])
        refuse(.flush, 1227, 60)
        #expect(statements(120) == [.resize, .truncate])
        refuse(.resize, 1227, 120)
        #expect(statements(180) == [.truncate])
        refuse(.truncate, 1205, 180)
        #expect(statements(240) == [.truncate])
        refuse(.truncate, 1142, 240)
        // All were refused: privileges change, so all are tried.
        #expect(statements(300) == [.flush, .resize, .truncate])
    }

    @Test func `an unknown outcome is looked up before any repeat`() {
        var controller = controller { $0.guardRails.minFlushGap = .seconds(1) }
        let before = look(0, spent: 100)
        _ = controller.look(before, interval: .seconds(300))
        controller.flushBegins(.blocked, at: .zero)
        controller.flushEnded(
            .unknown,
            with: .truncate,
            before: before,
            at: before.instant
        )
        let after = controller.look(look(10, spent: 1, firstSeen: 1005), interval: .seconds(300))
        #expect(after.events == [.unknownFlushResolved(.verified)])
        #expect(after.decision == .hold)
        #expect(controller.memory.flushes.last == .zero)
        #expect(controller.look(look(40, spent: 1, firstSeen: 1005), interval: .seconds(300)).events == [])
    }

    @Test func `an unknown flush that had no effect is repeated and counted`() {
        var controller = controller { $0.guardRails.minFlushGap = .seconds(1) }
        let before = look(0, spent: 100)
        _ = controller.look(before, interval: .seconds(300))
        controller.flushBegins(.blocked, at: .zero)
        controller.flushEnded(
            .unknown,
            with: .truncate,
            before: before,
            at: before.instant
        )
        let after = controller.look(look(10, spent: 100), interval: .seconds(300))
        #expect(after.events == [.unknownFlushResolved(.failed([Self.nlb]))])
        #expect(after.decision == .flush([.resize, .truncate], .blocked))
        #expect(controller.memory.flushes.last == nil)
        #expect(controller.counters.flushFailures == 1)
    }

    @Test func `an unknown flush of a blind server stays unverified and postpones nothing`() {
        var controller = controller()
        let before = blind(0, aborted: 60)
        _ = controller.look(before, interval: .seconds(300))
        controller.flushBegins(.budget, at: .zero)
        controller.flushEnded(
            .unknown,
            with: .flush,
            before: before,
            at: before.instant
        )
        let after = controller.look(blind(60, aborted: 60), interval: .seconds(300))
        #expect(after.events == [.unknownFlushResolved(.unverified)])
        #expect(after.trigger == .budget)
        #expect(after.decision == .flush([.flush], .budget))
        #expect(controller.memory.flushes.last == nil)
        #expect(controller.memory.bound?.spent == 60)
    }

    @Test func `a restart settles an unknown flush and leaves no base of the old life`() {
        var controller = controller()
        let before = blind(0, aborted: 60)
        _ = controller.look(before, interval: .seconds(300))
        controller.flushBegins(.budget, at: .zero)
        controller.flushEnded(
            .unknown,
            with: .flush,
            before: before,
            at: before.instant
        )
        let after = controller.look(blind(600, aborted: 70, uptime: 300), interval: .seconds(300))
        #expect(after.events == [.serverRestarted, .unknownFlushResolved(.verified)])
        // All 70 came in the new life.
        #expect(after.forecast.mostSpent == 70)
    }

    @Test(arguments: [-3600, 3600] as [Int64])
    func `a server whose clock is set goes on as before`(jump: Int64) {
        func seen(_ seconds: Int64, aborted: UInt64, jump: Int64 = 0) -> Observation {
            var seen = blind(seconds, aborted: aborted, uptime: 10_000 + seconds + jump)
            seen.connections = 100 + aborted
            return seen
        }
        var memory = Memory()
        memory.flushes.last = .seconds(-500)
        memory.bound = ErrorBound(counter: 40, spent: 0, countedSince: .zero, at: .seconds(-500))
        var controller = controller(memory: memory)
        _ = controller.look(seen(0, aborted: 50), interval: .seconds(300))
        for seconds in [Int64(30), 60] {
            let next = controller.look(seen(seconds, aborted: 60, jump: jump), interval: .seconds(300))
            #expect(next.events == [])
            #expect(next.forecast.mostSpent == 20)
            #expect(next.dueAt == .seconds(2000))
        }
        var restarted = seen(90, aborted: 60, jump: -10_080)
        restarted.connections = 70
        #expect(controller.look(restarted, interval: .seconds(300)).events == [.serverRestarted])
    }

    @Test func `somebody else's flush is seen, starts the gap and the schedule, and counts for the cap`() {
        var controller = controller()
        _ = controller.look(look(0, spent: 60), interval: .seconds(300))
        let seen = controller.look(look(30, spent: 3, firstSeen: 1020), interval: .seconds(300))
        #expect(seen.events == [.flushObserved])
        #expect(controller.memory.flushes.last == .seconds(30))
        #expect(controller.memory.flushes.recent == [.seconds(30)])
        let blocked = controller.look(look(60, spent: 100, firstSeen: 1020), interval: .seconds(300))
        #expect(blocked.suppressed == [Suppression(.flush, .rateLimit(.gap, until: .seconds(90)))])
    }

    @Test func `a login that zeroed the counter, or our own flush, is nobody else's flush`() {
        var controller = controller()
        _ = controller.look(look(0, spent: 60), interval: .seconds(300))
        var zeroed = look(30, spent: 60)
        zeroed.rows[0].connectErrors = 0
        #expect(controller.look(zeroed, interval: .seconds(300)).events == [])
        controller.flushBegins(.manual, at: .seconds(31))
        #expect(controller.look(look(60), interval: .seconds(300)).events == [])
    }

    @Test func `a server without spent errors skips the flush that the clock wants`() {
        var memory = Memory()
        memory.flushes.last = .seconds(-10_000)
        var controller = controller(memory: memory)
        // Half of 100 errors at 72 an hour.
        let events = [Int64(0), 30, 2499, 2500, 2530].map {
            controller.look(look($0), interval: .seconds(300)).events
        }
        #expect(events == [[.flushSkipped], [], [], [.flushSkipped], []])
    }

    @Test func `a blind server runs from its start with all of its aborted connections`() {
        var controller = controller { $0.wantedLimit = 100 }
        let seen = controller.look(blind(0, aborted: 10), interval: .seconds(300))
        #expect(seen.forecast.exposure == .blind)
        #expect(seen.forecast.mostSpent == 10)
        #expect(seen.dueAt == .seconds(-10_000 + 2500))
        #expect(seen.trigger == .schedule)
        #expect(seen.decision == .flush([.flush], .schedule))
    }

    @Test func `a blind server runs from its last flush after that`() {
        var controller = controller()
        let before = blind(0, aborted: 10)
        _ = controller.look(before, interval: .seconds(300))
        controller.flushBegins(.schedule, at: .zero)
        controller.flushEnded(
            .unverified,
            with: .flush,
            before: before,
            at: before.instant
        )
        let seen = controller.look(blind(30, aborted: 20), interval: .seconds(300))
        #expect(seen.forecast.mostSpent == 10)
        #expect(seen.dueAt == .seconds(2500))
        #expect(seen.decision == .hold)
        #expect(controller.look(blind(60, aborted: 62), interval: .seconds(300)).trigger == .budget)
    }

    @Test func `a blind server that restarted while nobody looked has no base of the old life`() {
        var memory = Memory()
        memory.flushes.last = .seconds(-5000)
        memory.bound = ErrorBound(counter: 40, spent: 0, countedSince: .zero, at: .seconds(-1001))
        var controller = controller(memory: memory)
        let seen = controller.look(blind(0, aborted: 60, uptime: 1000), interval: .seconds(300))
        #expect(seen.forecast.mostSpent == 60)
        #expect(seen.trigger == .budget)
    }

    @Test func `a blind server that was flushed in this life keeps its base`() {
        var memory = Memory()
        memory.flushes.last = .seconds(-500)
        memory.bound = ErrorBound(counter: 40, spent: 0, countedSince: .zero, at: .seconds(-500))
        var controller = controller(memory: memory)
        let seen = controller.look(blind(0, aborted: 60, uptime: 1000), interval: .seconds(300))
        #expect(seen.forecast.mostSpent == 20)
        #expect(seen.dueAt == .seconds(2000))
    }

    @Test(arguments: [Exposure.Cause.skipNameResolve, .hostCacheSizeZero])
    func `a server that cannot block is left alone`(cause: Exposure.Cause) {
        var controller = controller { $0.wantedLimit = 5000 }
        let settings = ServerSettings.sample(
            skipNameResolve: cause == .skipNameResolve,
            hostCacheSize: cause == .hostCacheSizeZero ? 0 : 279,
            limit: 1
        )
        let seen = controller.look(
            .sample(at: 0, settings: settings, abortedConnects: 900),
            interval: .seconds(300)
        )
        #expect(seen.forecast.exposure == .cannotBlock(cause))
        #expect(seen.decision == .hold)
        #expect(seen.raise == .notNeeded)
        #expect(seen.railFit == .fits)
    }

    @Test func `another server process begins with nothing of the old one`() {
        var controller = controller()
        _ = controller.look(look(0, spent: 40), interval: .seconds(300))
        controller.flushBegins(.manual, at: .zero)
        controller.meet(Memory())
        #expect(controller.identity == nil)
        let seen = controller.look(look(30, spent: 3, firstSeen: 1020), interval: .seconds(300))
        #expect(seen.events == [])
        #expect(seen.nextLook == .seconds(1))
        #expect(controller.memory.flushes == FlushHistory())
        #expect(controller.memory.bound?.spent == 0)
    }

    @Test func `a state file from the future postpones nothing and waits one gap`() {
        var memory = Memory()
        memory.flushes.last = .seconds(900_000)
        memory.flushes.lastAttempt = .seconds(900_000)
        var controller = controller(memory: memory)
        let first = controller.look(look(0, spent: 100), interval: .seconds(300))
        #expect(first.suppressed == [Suppression(.flush, .rateLimit(.gap, until: .seconds(60)))])
        #expect(first.dueAt == .seconds(-10 + 2500))
        let second = controller.look(look(60, spent: 100), interval: .seconds(300))
        #expect(second.decision == .flush([.resize, .truncate], .blocked))
    }

    @Test func `errors that come fast are looked at four times before the block`() {
        var controller = controller { $0.wantedLimit = 1000 }
        _ = controller.look(look(0, spent: 0, limit: 1000), interval: .seconds(300))
        // 46 errors in 10 s, 6 of them one health check: 40 in 10 s, 954 left.
        let seen = controller.look(look(10, spent: 46, limit: 1000), interval: .seconds(300))
        #expect(seen.nextLook == .seconds(30))
        let fast = controller.look(look(20, spent: 452, limit: 1000), interval: .seconds(300))
        // 400 in 10 s, 548 left: 13.7 s.
        #expect(fast.nextLook == .milliseconds(3425))
        let burst = controller.look(look(50, spent: 458, limit: 1000), interval: .seconds(300))
        #expect(burst.nextLook == .seconds(30))
    }

    @Test(
        arguments: [
            // Nothing spent: 100 errors at 12 a minute take 500 s.
            (100, nil, 125), (100, 0, 125),
            // 25 and 49 are on their way; 50 is the budget, about which something is due now.
            (100, 25, 93.75), (100, 49, 63.75), (100, 50, 125), (100, 100, 125),
            (20, nil, 25), (20, 9, 13.75), (1, nil, 1.25), (5000, nil, 600), (480, nil, 600),
            (479, nil, 598.75),
        ] as [(UInt64, UInt64?, Double)]
    )
    func `the next look is never later than a quarter of a window, however long the check interval`(
        limit: UInt64,
        spent: UInt64?,
        seconds: Double
    ) {
        var controller = controller {
            $0.isEnforcing = false
            $0.wantedLimit = limit
            $0.checkInterval = .seconds(600)
        }
        _ = controller.look(look(0, spent: spent, limit: limit), interval: .seconds(30))
        let second = controller.look(look(1, spent: spent, limit: limit), interval: .seconds(30))
        #expect(second.nextLook == .seconds(seconds))
    }

    @Test func `the look comes when the flush is due`() {
        var controller = controller()
        _ = controller.look(look(0, spent: 6), interval: .seconds(300))
        var seen = look(2470, spent: 6)
        seen.rows[0].firstErrorAge = .seconds(2480)
        #expect(controller.look(seen, interval: .seconds(300)).nextLook == .seconds(20))
    }
}
