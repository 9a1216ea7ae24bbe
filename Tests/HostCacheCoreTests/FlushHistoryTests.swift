import HostCacheCore
import TestSamples
import Testing

@Suite struct FlushHistoryTests {
    static let nlb = "10.0.1.23"
    /// Half of 5000 errors at 72 an hour.
    static let interval: Int64 = 125_000

    private func due(
        at seconds: Int64,
        _ rows: [HostCacheRow],
        last: Int64? = nil,
        since: [String: Duration] = [:],
        exposure: Exposure = .visible
    ) -> Duration? {
        var history = FlushHistory()
        history.last = last.map { .seconds($0) }
        let seen = Observation.sample(at: seconds, rows)
        return history.dueAt(forecast(seen, exposure: exposure), in: seen) { since[$0.address] }
    }

    private func forecast(_ seen: Observation, exposure: Exposure = .visible) -> Forecast {
        var policy = Policy()
        policy.loadBalancers = [Self.nlb, "10.0.2.23"]
        return Forecast(seen, exposure: exposure, policy: policy, interval: .seconds(300)) { _ in nil }
    }

    private func row(_ address: String = Self.nlb, spent: UInt64 = 6, age: Int64?) -> HostCacheRow {
        .sample(address, spent: spent, firstErrorAge: age.map { .seconds($0) })
    }

    @Test(
        arguments: [
            // No flush known: from the first error.
            (nil, 700, 300), (nil, 1000, 0),
            // The first error is before the last flush, in it, after it.
            (400, 700, 400), (300, 700, 300), (299, 700, 300),
        ] as [(Int64?, Int64, Int64)]
    )
    func `the schedule runs from the later of the last flush and the first error`(
        last: Int64?,
        age: Int64,
        basis: Int64
    ) {
        #expect(due(at: 1000, [row(age: age)], last: last) == .seconds(basis + Self.interval))
    }

    @Test func `the oldest first error counts`() {
        let rows = [row(age: 10), row("10.0.2.23", age: 700), row("10.0.9.9", age: 900)]
        #expect(due(at: 1000, rows) == .seconds(300 + Self.interval))
    }

    @Test(arguments: [(nil, 900), (950, 950), (899, 900)] as [(Int64?, Int64)])
    func `what was watched goes before the first error`(last: Int64?, basis: Int64) {
        let rows = [row(age: 700), row("10.0.2.23", age: nil)]
        let since: [String: Duration] = [Self.nlb: .seconds(900), "10.0.2.23": .seconds(980)]
        #expect(due(at: 1000, rows, last: last, since: since) == .seconds(basis + Self.interval))
    }

    @Test func `nothing spent, nothing due`() {
        #expect(due(at: 1000, []) == nil)
        #expect(due(at: 1000, [row(spent: 0, age: 700)], last: -200_000) == nil)
        #expect(due(at: 1000, [row("10.0.9.9", age: 700)]) == nil)
        let unvalidated = HostCacheRow.sample(
            Self.nlb,
            spent: 6,
            isValidated: false,
            firstErrorAge: .seconds(700)
        )
        #expect(due(at: 1000, [unvalidated]) == nil)
    }

    @Test func `a server that cannot block needs no flush`() {
        #expect(due(at: 1000, [row(age: 700)], exposure: .cannotBlock(.hostCacheSizeZero)) == nil)
    }

    @Test func `an unknown age counts as old as the server`() {
        #expect(due(at: 1000, [row(age: nil)]) == .seconds(-10_000 + Self.interval))
        #expect(
            due(at: 1000, [row(age: nil), row("10.0.2.23", age: 10)]) == .seconds(-10_000 + Self.interval)
        )
        #expect(due(at: 1000, [row(age: nil)], last: 400) == .seconds(400 + Self.interval))
    }

    @Test(
        arguments: [
            (nil, nil, 0, false), (0, nil, -1, false), (0, nil, 0, true), (0, nil, 1, true),
            (0, 500, 499, false), (0, 500, 500, true), (nil, 500, 500, true),
        ] as [(Int64?, Int64?, Int64, Bool)]
    )
    func `a flush that nothing is spent for is skipped once an interval`(
        last: Int64?,
        lastSkip: Int64?,
        late: Int64,
        isSkipped: Bool
    ) {
        var history = FlushHistory()
        history.last = last.map { .seconds($0) }
        history.lastSkip = lastSkip.map { .seconds($0) }
        let seen = Observation.sample(at: Self.interval + late)
        #expect(history.skips(forecast(seen), at: seen.instant) == isSkipped)
    }

    @Test func `a flush that something is spent for is not skipped`() {
        var history = FlushHistory()
        history.last = .zero
        let seen = Observation.sample(at: Self.interval, [row(age: 10)])
        #expect(!history.skips(forecast(seen), at: seen.instant))
        let unwatched = Observation.sample(at: Self.interval, [row("10.0.9.9", age: 10)])
        #expect(history.skips(forecast(unwatched), at: unwatched.instant))
    }

    @Test(arguments: [(3599, 2), (3600, 1), (3601, 1)] as [(Int64, Int)])
    func `flushes are remembered for an hour`(seconds: Int64, count: Int) {
        var history = FlushHistory()
        history.begin(at: .zero)
        history.begin(at: .seconds(seconds))
        #expect(history.recent.count == count)
        #expect(history.lastAttempt == .seconds(seconds))
        #expect(history.last == nil)
    }

    @Test func `the gap runs from the later of attempt and flush`() {
        var history = FlushHistory()
        #expect(history.gapBasis == nil)
        history.last = .seconds(100)
        #expect(history.gapBasis == .seconds(100))
        history.begin(at: .seconds(50))
        #expect(history.gapBasis == .seconds(100))
        history.begin(at: .seconds(150))
        #expect(history.gapBasis == .seconds(150))
    }

    @Test func `what is said to lie ahead is not believed`() {
        var history = FlushHistory()
        history.last = .seconds(900_000)
        history.lastAttempt = .seconds(800_000)
        history.lastSkip = .seconds(900_000)
        history.recent = [.seconds(500), .seconds(800_000)]
        history.disbelieveFuture(at: .seconds(1000))
        var expected = FlushHistory()
        // The flush is unknown, so it postpones nothing; the gap runs once, from now.
        expected.last = nil
        expected.lastAttempt = .seconds(1000)
        expected.lastSkip = nil
        expected.recent = [.seconds(500), .seconds(1000)]
        #expect(history == expected)
        let settled = history
        history.disbelieveFuture(at: .seconds(1030))
        #expect(history == settled)
    }

    @Test func `what lies behind is believed`() {
        var history = FlushHistory()
        history.last = .seconds(1000)
        history.begin(at: .seconds(1000))
        let before = history
        history.disbelieveFuture(at: .seconds(1000))
        #expect(history == before)
    }
}
