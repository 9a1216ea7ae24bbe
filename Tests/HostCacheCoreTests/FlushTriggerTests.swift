import HostCacheCore
import TestSamples
import Testing

@Suite struct FlushTriggerTests {
    private func trigger(
        _ rows: [HostCacheRow],
        limit: UInt64 = 100,
        dueAt: Int64? = nil,
        at share: UInt16 = 500,
        exposure: Exposure = .visible
    ) throws -> FlushTrigger? {
        var policy = Policy()
        policy.loadBalancers = ["10.0.1.23"]
        let seen = Observation.sample(at: 1000, rows, settings: .sample(limit: limit))
        let forecast = Forecast(seen, exposure: exposure, policy: policy, interval: .seconds(30)) { _ in nil }
        return FlushTrigger(
            forecast,
            dueAt: dueAt.map { .seconds($0) },
            at: seen.instant,
            flushAt: try #require(Share(thousandths: share))
        )
    }

    @Test(
        arguments: [
            (0, nil), (49, nil), (50, .budget), (51, .budget), (99, .budget), (100, .blocked),
            (101, .blocked),
        ] as [(UInt64, FlushTrigger?)]
    )
    func `half the limit is the budget and all of it the block`(spent: UInt64, expected: FlushTrigger?) throws
    {
        #expect(try trigger([.sample(spent: spent)]) == expected)
    }

    @Test(
        arguments: [(999, .schedule), (1000, .schedule), (1001, nil), (nil, nil)] as [(Int64?, FlushTrigger?)]
    )
    func `the schedule holds from its moment on`(dueAt: Int64?, expected: FlushTrigger?) throws {
        #expect(try trigger([.sample(spent: 6)], dueAt: dueAt) == expected)
    }

    @Test func `the graver reason wins`() throws {
        #expect(try trigger([.sample(spent: 100)], dueAt: 0) == .blocked)
        #expect(try trigger([.sample(spent: 50)], dueAt: 0) == .budget)
    }

    @Test func `hosts that are not watched or not validated make nothing due`() throws {
        #expect(try trigger([.sample("10.0.9.9", spent: 100)]) == nil)
        #expect(try trigger([.sample(spent: 100, isValidated: false)]) == nil)
    }

    @Test(arguments: [Exposure.Cause.skipNameResolve, .hostCacheSizeZero])
    func `a server that cannot block makes nothing due`(cause: Exposure.Cause) throws {
        #expect(try trigger([.sample(spent: 100)], dueAt: 0, exposure: .cannotBlock(cause)) == nil)
    }

    @Test func `a share of nothing still needs one error`() throws {
        #expect(try trigger([.sample(spent: 0)], at: 0) == nil)
        #expect(try trigger([.sample(spent: 1)], at: 0) == .budget)
    }

    @Test func `the highest limit has a budget`() throws {
        #expect(try trigger([.sample(spent: 1 << 63)], limit: .max) == .budget)
        #expect(try trigger([.sample(spent: 1 << 63 - 1)], limit: .max) == nil)
        #expect(try trigger([.sample(spent: .max)], limit: .max) == .blocked)
    }

    @Test func `a limit of one blocks at the first error`() throws {
        #expect(try trigger([.sample(spent: 1)], limit: 1) == .blocked)
    }
}
