import HostCacheCore
import Testing

@Suite struct IntervalChangeTests {
    private func change(
        _ interval: Int64,
        timeout: Duration? = nil,
        healthyThreshold: Int? = nil
    ) -> IntervalChange {
        var change = IntervalChange(.sample(), policy: .sample(wanted: interval))
        change.timeout = timeout
        change.healthyThreshold = healthyThreshold
        return change
    }

    @Test func `only the interval changes where nothing else has to`() {
        let change = IntervalChange(.sample(), policy: .sample())
        #expect(change.interval == .seconds(300))
        #expect(change.timeout == nil)
        #expect(change.healthyThreshold == nil)
    }

    @Test(
        arguments: [
            (299, 300, nil), (300, 300, 299), (301, 300, 299), (9, 10, nil), (10, 10, 9), (11, 10, 9),
            (4, 5, nil), (5, 5, 4), (120, 5, 4),
        ] as [(Int64, Int64, Int64?)]
    )
    func `the timeout stays below the interval`(_ timeout: Int64, _ wanted: Int64, _ expected: Int64?) {
        let seen = IntervalChange(.sample(timeout: timeout), policy: .sample(wanted: wanted))
        #expect(seen == change(wanted, timeout: expected.map { .seconds($0) }))
    }

    @Test(arguments: [(nil, nil), (2, 2), (4, 4), (5, nil), (6, 6), (10, 10)] as [(Int?, Int?)])
    func `another healthy threshold is set along`(_ wanted: Int?, _ expected: Int?) {
        let seen = IntervalChange(.sample(healthyThreshold: 5), policy: .sample(healthyThreshold: wanted))
        #expect(seen == change(300, healthyThreshold: expected))
    }

    @Test func `what does not change stays as it was seen`() {
        let check = TargetGroupEvidence.HealthCheck.sample(timeout: 20, unhealthyThreshold: 3)
        #expect(
            change(300).applied(to: check) == .sample(interval: 300, timeout: 20, unhealthyThreshold: 3)
        )
    }

    @Test func `what changes is applied`() {
        #expect(
            change(8, timeout: .seconds(7), healthyThreshold: 2).applied(to: .sample(port: "3306"))
                == .sample(port: "3306", interval: 8, timeout: 7, healthyThreshold: 2)
        )
    }
}
