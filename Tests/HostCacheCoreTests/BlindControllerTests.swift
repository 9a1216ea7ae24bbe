import HostCacheCore
import TestSamples
import Testing

/// What a controller makes of a server that counts and blocks and shows nothing.
struct BlindControllerTests {
    private static let interval = Duration.seconds(300)

    private func controller(_ adjust: (inout Policy) -> Void = { _ in }) -> Controller {
        var policy = Policy()
        policy.isEnforcing = true
        policy.wantedLimit = 100
        adjust(&policy)
        return Controller(policy: policy, memory: Memory(), counters: Counters())
    }

    /// A look at a server that has been up for a minute at second 0.
    private func look(
        _ seconds: Int64,
        aborted: UInt64,
        flushes: UInt64? = 0,
        settings: ServerSettings = .sample(.mariadb, performanceSchema: false, limit: 100)
    ) -> Observation {
        var seen = Observation.sample(
            at: seconds,
            settings: settings,
            uptime: .seconds(60 + seconds),
            abortedConnects: aborted
        )
        seen.flushCommands = flushes
        return seen
    }

    private func flush(_ controller: inout Controller, on seen: Observation) {
        controller.flushBegins(.budget, at: seen.instant)
        controller.flushEnded(.unverified, with: .flush, before: seen, at: seen.instant)
    }

    @Test func `a FLUSH that is not ours neither lowers what is spent nor moves the schedule`() {
        var controller = controller()
        let first = controller.look(look(0, aborted: 20), interval: Self.interval)
        let second = controller.look(look(30, aborted: 30, flushes: 1), interval: Self.interval)
        #expect(second.events == [.flushPossible])
        #expect(second.bound.spent == 30)
        #expect(second.dueAt == first.dueAt)
        #expect(controller.memory.flushes.last == nil)
        #expect(controller.memory.flushes.recent == [])
    }

    @Test(arguments: [(1, []), (2, [.flushPossible])] as [(UInt64, [Assessment.Event])])
    func `our own FLUSH is not taken for another's`(flushes: UInt64, events: [Assessment.Event]) {
        var controller = controller()
        let before = look(0, aborted: 60)
        #expect(controller.look(before, interval: Self.interval).decision == .flush([.flush], .budget))
        flush(&controller, on: before)
        let after = controller.look(look(1, aborted: 60, flushes: flushes), interval: Self.interval)
        #expect(after.events == events)
        #expect(after.bound.spent == 0)
    }

    @Test func `a refused FLUSH of our own counts at the server too`() {
        var controller = controller()
        let before = look(0, aborted: 60)
        _ = controller.look(before, interval: Self.interval)
        controller.flushBegins(.budget, at: .zero)
        controller.flushEnded(.refused(1227), with: .flush, before: before, at: .zero)
        #expect(controller.look(look(1, aborted: 60, flushes: 1), interval: Self.interval).events == [])
    }

    @Test func `a counter that is not known, or begins again, is nobody's FLUSH`() {
        var controller = controller()
        for (second, flushes) in [(0, 9), (30, nil), (60, 12), (90, 3), (120, 3)] as [(Int64, UInt64?)] {
            #expect(
                controller.look(look(second, aborted: 0, flushes: flushes), interval: Self.interval).events
                    == []
            )
        }
    }

    @Test func `a due flush waits the gap for a FLUSH that may have been one, and no longer`() {
        var controller = controller()
        _ = controller.look(look(0, aborted: 20), interval: Self.interval)
        let held = controller.look(look(30, aborted: 60, flushes: 1), interval: Self.interval)
        #expect(held.trigger == .budget)
        #expect(held.suppressed == [Suppression(.flush, .foreignFlush(until: .seconds(90)))])
        // Somebody goes on with FLUSH TABLES.
        for second in [60, 89] as [Int64] {
            let later = controller.look(
                look(second, aborted: 60, flushes: UInt64(second)),
                interval: Self.interval
            )
            #expect(later.suppressed == [Suppression(.flush, .foreignFlush(until: .seconds(90)))])
        }
        let over = controller.look(look(90, aborted: 60, flushes: 90), interval: Self.interval)
        #expect(over.decision == .flush([.flush], .budget))
    }

    @Test func `the wait is half of what is left of the window where that is less than the gap`() {
        var controller = controller { policy in
            policy.flushAt = Share(thousandths: 900) ?? .half
            policy.errorsPerHealthCheck = 100
        }
        _ = controller.look(look(0, aborted: 20), interval: Self.interval)
        // From clean to blocked in 300 s, so 30 s are left.
        let held = controller.look(look(30, aborted: 95, flushes: 1), interval: Self.interval)
        #expect(held.suppressed == [Suppression(.flush, .foreignFlush(until: .seconds(45)))])
    }

    @Test func `an old FLUSH holds nothing`() {
        var controller = controller()
        _ = controller.look(look(0, aborted: 20), interval: Self.interval)
        _ = controller.look(look(30, aborted: 20, flushes: 1), interval: Self.interval)
        let seen = controller.look(look(90, aborted: 60, flushes: 1), interval: Self.interval)
        #expect(seen.decision == .flush([.flush], .budget))
    }

    @Test func `on a server that shows its host cache no FLUSH is guessed at`() {
        var controller = controller()
        let settings = ServerSettings.sample(.mariadb, limit: 100)
        _ = controller.look(look(0, aborted: 0, settings: settings), interval: Self.interval)
        var seen = look(30, aborted: 60, flushes: 1, settings: settings)
        seen.rows = [.sample(spent: 60)]
        let assessment = controller.look(seen, interval: Self.interval)
        #expect(assessment.events == [])
        #expect(assessment.decision == .flush([.flush, .truncate], .budget))
    }

    @Test func `a host cache that is turned on again was empty until then`() {
        var controller = controller()
        var off = ServerSettings.sample(.mariadb, performanceSchema: false, limit: 100)
        off.hostCacheSize = 0
        _ = controller.look(look(0, aborted: 40), interval: Self.interval)
        let without = controller.look(look(30, aborted: 400, settings: off), interval: Self.interval)
        #expect(without.bound.spent == 0)
        #expect(without.trigger == nil)
        let again = controller.look(look(60, aborted: 410), interval: Self.interval)
        #expect(again.bound.spent == 10)
        #expect(again.nextLook == .seconds(1))
        #expect(again.dueAt == .seconds(30 + 2500))
        #expect(again.events == [])
    }

    @Test func `a table that had rows once is not blind when it is empty`() {
        var controller = controller()
        let settings = ServerSettings.sample(.mysql(8, 0, 30), performanceSchema: false, limit: 100)
        #expect(
            controller.look(look(0, aborted: 5, settings: settings), interval: Self.interval).forecast
                .exposure
                == .blind
        )
        var seen = look(30, aborted: 6, settings: settings)
        seen.rows = [.sample(spent: 6)]
        #expect(controller.look(seen, interval: Self.interval).forecast.exposure == .visible)
        #expect(
            controller.look(look(60, aborted: 6, settings: settings), interval: Self.interval).forecast
                .exposure
                == .visible
        )
        // Another life may have another version.
        var restarted = look(90, aborted: 0, settings: settings)
        restarted.uptime = .seconds(5)
        let other = controller.look(restarted, interval: Self.interval)
        #expect(other.events == [.serverRestarted])
        #expect(other.forecast.exposure == .blind)
        #expect(other.nextLook == .seconds(1))
    }

    @Test(arguments: [false, true])
    func `errors that come fast on a fresh server are looked at four times before the block`(
        isReset: Bool
    ) {
        var controller = controller { $0.errorsPerHealthCheck = 4 }
        #expect(controller.look(look(0, aborted: 0), interval: Self.interval).nextLook == .seconds(1))
        // 8 errors a second above one health check: the other 88 are there in 11 s.
        let second = controller.look(look(1, aborted: 12), interval: Self.interval)
        #expect(second.nextLook == .milliseconds(2750))
        var seen = look(2, aborted: isReset ? 12 : 24)
        if isReset { seen.countedSince = .seconds(61) }
        #expect(controller.look(seen, interval: Self.interval).nextLook == .milliseconds(2375))
    }

    @Test func `what came between the look and its flush stays spent`() {
        var controller = controller()
        let before = look(0, aborted: 60)
        _ = controller.look(before, interval: Self.interval)
        flush(&controller, on: before)
        #expect(controller.look(look(1, aborted: 64, flushes: 1), interval: Self.interval).bound.spent == 4)
    }
}
