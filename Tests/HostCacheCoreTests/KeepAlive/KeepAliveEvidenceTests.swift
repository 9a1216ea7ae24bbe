import HostCacheCore
import TestSamples
import Testing

@Suite struct KeepAliveEvidenceTests {
    private func evidence(_ rows: [HostCacheRow], limit: UInt64 = 20) -> KeepAliveEvidence {
        KeepAliveEvidence(.sample(rows, limit: limit), flushAt: .half, at: .seconds(7))
    }

    @Test(
        arguments: [
            (9, [:]), (10, [HostCacheRow.loadBalancer: false]), (19, [HostCacheRow.loadBalancer: false]),
            (20, [HostCacheRow.loadBalancer: true]),
        ] as [(UInt64, [String: Bool])]
    )
    func `an address is pressed from flush_at on`(_ spent: UInt64, _ pressed: [String: Bool]) {
        let found = evidence([.sample(spent: spent), .sample("10.9.9.9", spent: 20)])
        #expect(found.pressed == pressed)
        #expect(found.at == .seconds(7))
        #expect(found.unseen == nil)
    }

    @Test func `at a limit of one nothing is pressed that has made no error`() {
        #expect(evidence([.sample(spent: 0)], limit: 1).pressed == [:])
    }

    @Test func `where no row can be seen, all errors count, with flush_at as what may come`() {
        let settings = ServerSettings.sample(.mariadb, performanceSchema: false, limit: 20)
        let seen = Observation.sample(settings)
        let forecast = Forecast(
            seen.with([seen.blindRow(spent: 3, arrived: 7)]),
            exposure: .blind,
            policy: .sample(),
            interval: .seconds(30)
        ) { _ in nil }
        let found = KeepAliveEvidence(forecast, flushAt: .half, at: .zero)
        #expect(found.unseen == KeepAliveEvidence.Unseen(arrived: 7, budget: 10))
        #expect(found.pressed == [:])
    }
}

extension Observation {
    fileprivate func with(_ rows: [HostCacheRow]) -> Self {
        var copy = self
        copy.rows = rows
        return copy
    }
}
