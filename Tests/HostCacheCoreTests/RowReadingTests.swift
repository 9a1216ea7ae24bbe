import HostCacheCore
import TestSamples
import Testing

/// Looks whose rows could not be read, or not all of them.
@Suite struct RowReadingTests {
    private static let settings = ServerSettings.sample(limit: 100)

    private func shown(_ seconds: Int64, _ rows: [HostCacheRow], aborted: UInt64) -> Observation {
        .sample(at: seconds, rows, settings: Self.settings, abortedConnects: aborted)
    }

    private func gap(
        _ seconds: Int64,
        aborted: UInt64,
        _ obstacle: RowReading.Obstacle = .locked
    ) -> Observation {
        var seen = Observation.sample(at: seconds, settings: Self.settings, abortedConnects: aborted)
        seen.reading = .unreadable(obstacle, detail: "no (error 1205)")
        return seen
    }

    private func controller(_ change: (inout Policy) -> Void = { _ in }) -> Controller {
        let policy = Policy.sample {
            $0.raiseWith = .never
            change(&$0)
        }
        return Controller(policy: policy, memory: Memory(), counters: Counters())
    }

    @Test(
        arguments: [
            (1038, 48, .hold), (1039, 49, .hold), (1040, 50, .flush([.resize, .truncate], .budget)),
            (1090, 100, .flush([.resize, .truncate], .budget)),
        ] as [(UInt64, UInt64, Assessment.Decision)]
    )
    func `the server is judged by what the rows showed last and the counter added since`(
        aborted: UInt64,
        most: UInt64,
        decision: Assessment.Decision
    ) {
        var controller = controller()
        _ = controller.look(
            shown(
                0,
                [
                    .sample(spent: 10, firstErrorAge: .seconds(60)),
                    .sample("10.0.1.9", spent: 3, firstErrorAge: .seconds(9)),
                ],
                aborted: 1000
            ),
            interval: .seconds(300)
        )
        let seen = controller.look(gap(30, aborted: aborted), interval: .seconds(300))
        #expect(seen.forecast.exposure == .blind)
        #expect(seen.forecast.mostSpent == most)
        #expect(seen.decision == decision)
    }

    @Test func `without a look before it is judged by the counter alone`() {
        var controller = controller()
        let seen = controller.look(gap(0, aborted: 50), interval: .seconds(300))
        #expect(seen.decision == .flush([.resize, .truncate], .budget))
    }

    @Test func `the limit is raised all the same`() {
        var controller = controller { $0.raiseWith = .automatic }
        #expect(
            controller.look(gap(0, aborted: 0), interval: .seconds(300)).decision
                == .raise(.persist, to: 5000)
        )
    }

    @Test func `rows that come back are counted on, and nobody is said to have flushed`() {
        var controller = controller()
        _ = controller.look(
            shown(0, [.sample(spent: 10, firstErrorAge: .seconds(60))], aborted: 1000),
            interval: .seconds(300)
        )
        _ = controller.look(gap(30, aborted: 1005), interval: .seconds(300))
        let seen = controller.look(shown(60, [.sample(spent: 16)], aborted: 1006), interval: .seconds(300))
        #expect(seen.events == [])
        #expect(seen.forecast.exposure == .visible)
        #expect(controller.counters.handshakeErrors == 6)
    }

    @Test func `a flush with unknown outcome is looked up once the rows can be read`() {
        var controller = controller()
        let before = shown(0, [.sample(spent: 100)], aborted: 1000)
        _ = controller.look(before, interval: .seconds(300))
        controller.flushBegins(.blocked, at: .zero)
        controller.flushEnded(.unknown, with: .resize, before: before, at: .zero)
        #expect(controller.look(gap(30, aborted: 1000), interval: .seconds(300)).events == [])
        let after = controller.look(shown(60, [], aborted: 1000), interval: .seconds(300))
        #expect(after.events == [.unknownFlushResolved(.verified)])
    }

    @Test func `one that was decided on without rows is proved by none`() {
        var controller = controller()
        _ = controller.look(shown(0, [.sample(spent: 45)], aborted: 1000), interval: .seconds(300))
        let before = gap(30, aborted: 1005)
        _ = controller.look(before, interval: .seconds(300))
        controller.flushBegins(.budget, at: .seconds(30))
        controller.flushEnded(.unknown, with: .resize, before: before, at: .seconds(30))
        let after = controller.look(shown(60, [.sample(spent: 45)], aborted: 1005), interval: .seconds(300))
        #expect(after.events == [.unknownFlushResolved(.unverified)])
        #expect(controller.memory.flushes.last == nil)
    }

    @Test func `what nobody watches makes no flush due unseen either`() {
        var controller = controller()
        let rows = [
            HostCacheRow.sample(spent: 10, firstErrorAge: .seconds(5)), .sample("10.0.1.9", spent: 100),
        ]
        _ = controller.look(shown(0, rows, aborted: 1000), interval: .seconds(300))
        let seen = controller.look(gap(30, aborted: 1000), interval: .seconds(300))
        #expect(seen.forecast.mostSpent == 10)
        #expect(seen.decision == .hold)
    }

    @Test func `looks go on as close as before while the rows cannot be read`() {
        var controller = controller {
            $0.checkInterval = .seconds(600)
            $0.flushAt = .half
        }
        let settings = ServerSettings.sample(limit: 5000)
        func look(_ seconds: Int64, _ errors: UInt64, isRead: Bool) -> Duration {
            var seen = Observation.sample(
                at: seconds,
                isRead ? [.sample(spent: errors, firstErrorAge: .seconds(seconds))] : [],
                settings: settings,
                abortedConnects: errors
            )
            if !isRead { seen.reading = .unreadable(.locked, detail: "no (error 1205)") }
            return controller.look(seen, interval: .seconds(30)).nextLook
        }
        _ = look(0, 0, isRead: true)
        let shown = look(100, 1006, isRead: true)
        // Ten a second, of which one health check's are a burst: a quarter of what is left.
        #expect(shown < .seconds(100))
        #expect(look(150, 1500, isRead: false) <= shown)
        #expect(look(200, 2000, isRead: false) <= shown)
    }

    @Test func `rows that could not be read are no proof of a flush`() {
        let before = shown(0, [.sample(spent: 10, firstErrorAge: .seconds(60))], aborted: 1000)
        #expect(!gap(30, aborted: 1000).mayHaveBeenFlushed(since: before))
        #expect(shown(30, [], aborted: 1000).mayHaveBeenFlushed(since: before))
    }

    @Test func `of the fullest rows, one that comes into view is only a base, and none vanishes`() {
        var controller = controller()
        let rows = { (addresses: [String]) in addresses.map { HostCacheRow.sample($0, handshakeErrors: 7) } }
        func look(_ seconds: Int64, _ addresses: [String]) {
            var seen = shown(seconds, rows(addresses), aborted: 0)
            seen.reading = .fullest
            _ = controller.look(seen, interval: .seconds(300))
        }
        look(0, ["10.0.0.1", "10.0.0.2"])
        look(30, ["10.0.0.2", "10.0.0.3"])
        look(60, ["10.0.0.1", "10.0.0.2"])
        #expect(controller.counters.handshakeErrors == 0)
    }

    @Test(
        arguments: [
            (.locked, "somebody holds a lock on the table"), (.slow, "they did not come in time"),
            (.garbled, "what came is no host cache"), (.failed, "the server gave an error"),
        ] as [(RowReading.Obstacle, String)]
    )
    func `the finding says what kept the rows away`(obstacle: RowReading.Obstacle, sentence: String) {
        var controller = controller()
        let seen = gap(0, aborted: 7, obstacle)
        let policy = controller.policy
        let finding = controller.look(seen, interval: .seconds(300))
            .findings(seen, policy: policy, interval: .seconds(300)).first { $0.code == .rowsNotRead }
        #expect(finding?.title == "the rows of the host cache could not be read: \(sentence)")
        #expect(finding?.level == .unknown)
        #expect(
            finding?.why == "no (error 1205); until they can, at most 7 errors of any one host are known"
        )
    }

    @Test func `fewer rows than there are is said`() {
        var controller = controller()
        var seen = shown(0, [.sample(spent: 3)], aborted: 7)
        seen.reading = .fullest
        let findings = controller.look(seen, interval: .seconds(300))
            .findings(seen, policy: controller.policy, interval: .seconds(300))
        #expect(
            findings.first { $0.code == .rowsNotRead }?.title
                == "the 1 fullest rows of the host cache are read, there are more"
        )
    }
}
