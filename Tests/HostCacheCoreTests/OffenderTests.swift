import HostCacheCore
import TestSamples
import Testing

@Suite struct OffenderTests {
    private func forecast(_ rows: [HostCacheRow]) -> Forecast {
        var policy = Policy()
        policy.loadBalancers = ["10.0.1.23"]
        return Forecast(
            .sample(at: 0, rows),
            exposure: .visible,
            policy: policy,
            interval: .seconds(30)
        ) { _ in nil }
    }

    @Test func `every address with errors is named with its share, the nearest first`() {
        var named = HostCacheRow.sample("10.9.9.9", spent: 0, handshakeErrors: 1)
        named.name = "web-1.example.com"
        let offenders = forecast([
            .sample("10.0.0.5"), named, .sample("10.0.0.7", spent: 2, handshakeErrors: 5, isValidated: false),
            .sample(spent: 2),
        ]).offenders
        #expect(
            offenders.map(\.description) == [
                "10.0.1.23 (load balancer), 25% of all errors", "10.0.0.7, 62.5% of all errors",
                "10.9.9.9 (web-1.example.com), 12.5% of all errors",
            ]
        )
    }

    @Test func `shares of the largest counters do not overflow`() {
        let offenders = forecast([
            .sample("10.0.0.5", spent: .max), .sample("10.0.0.6", spent: .max), .sample("10.0.0.7", spent: 1),
        ]).offenders
        #expect(offenders.map(\.share.thousandths) == [500, 500, 0])
    }

    @Test(arguments: [10, 11, 12]) func `ten are named, the rest counted`(count: Int) {
        let rows = (1...count).map { HostCacheRow.sample("10.1.1.\($0)", spent: UInt64(100 - $0)) }
        let line = forecast(rows).offenders.named
        #expect(line.split(separator: "; ").count == min(count, 10) + (count > 10 ? 1 : 0))
        #expect(line.hasSuffix("; and \(count - 10) more") == (count > 10))
    }
}
