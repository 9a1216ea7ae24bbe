import HostCacheCore
import TestSamples
import Testing

/// The rates of whoever looks only once.
@Suite struct OneLookTests {
    private static let balancer = "10.0.1.23"
    private static let rate = ErrorRate(errors: 6, perHealthCheckInterval: .seconds(300))

    private func rates(ofAge age: Duration, spent: UInt64) -> [String: Forecast.Rate] {
        var memory = Memory()
        memory.measured = Memory.Measured(at: .zero - age, rates: [Self.balancer: Self.rate])
        let row = HostCacheRow.sample(spent: spent, firstErrorAge: .seconds(600))
        return memory.ratesFromOneLook(
            .sample(at: 0, [row]),
            freshFor: .seconds(60),
            interval: .seconds(30)
        )
    }

    @Test func `the daemon's rates count while they are under two rounds old`() {
        #expect(
            rates(ofAge: .seconds(59), spent: 20)[Self.balancer] == .init(Self.rate, .measured)
        )
    }

    @Test(arguments: [60, 61]) func `older ones give way to the average of the row's life`(
        seconds: Int64
    ) throws {
        let average = try #require(ErrorRate(errors: 20, per: .seconds(600)))
        #expect(
            rates(ofAge: .seconds(seconds), spent: 20) == [
                Self.balancer: .init(average, .average)
            ]
        )
    }

    @Test func `one error tells no rate`() {
        #expect(rates(ofAge: .seconds(60), spent: 1) == [:])
    }
}
