import HostCacheCore
import TestSamples
import Testing

@Suite struct ForecastTests {
    static let nlb = "10.0.1.23"
    static let other = "10.0.9.9"

    private func forecast(
        _ rows: [HostCacheRow],
        limit: UInt64 = 5000,
        loadBalancers: Set<String> = [Self.nlb],
        flushFor: Policy.FlushFor? = nil,
        exposure: Exposure = .visible,
        vanished: [(address: String, rate: ErrorRate)] = [],
        perHour measured: [String: UInt64] = [:]
    ) -> Forecast {
        var policy = Policy()
        policy.loadBalancers = loadBalancers
        policy.flushFor = flushFor
        return Forecast(
            .sample(at: 0, rows, settings: .sample(limit: limit)),
            exposure: exposure,
            policy: policy,
            interval: .seconds(300),
            vanished: vanished
        ) { row in
            measured[row.address].map { Forecast.Rate(Self.perHour($0), .measured) }
        }
    }

    private static func perHour(_ errors: UInt64) -> ErrorRate {
        ErrorRate(errors: errors, perHealthCheckInterval: .seconds(3600))
    }

    @Test func `the mission's numbers come out`() {
        let forecast = forecast([])
        #expect(forecast.rate == Forecast.Rate(Self.perHour(72), .assumed))
        #expect(forecast.window == .after(.seconds(250_000)))
        #expect(forecast.timeToBlock == .after(.seconds(250_000)))
        #expect(forecast.flushInterval == .seconds(125_000))
    }

    @Test(
        arguments: [
            (nil, 72, .assumed), (0, 72, .assumed), (71, 72, .assumed), (72, 72, .measured),
            (73, 73, .measured),
        ] as [(UInt64?, UInt64, Forecast.Basis)]
    )
    func `a load balancer has the higher of the measured and the assumed rate`(
        measured: UInt64?,
        errors: UInt64,
        basis: Forecast.Basis
    ) {
        let forecast = forecast([.sample(Self.nlb)], perHour: measured.map { [Self.nlb: $0] } ?? [:])
        let rate = Forecast.Rate(Self.perHour(errors), basis)
        #expect(forecast.hosts.map(\.rate) == [rate])
        #expect(forecast.rate == rate)
    }

    @Test(arguments: [nil, 0, 5, 7200] as [UInt64?])
    func `another host has its measured rate alone`(measured: UInt64?) {
        let forecast = forecast([.sample(Self.other)], perHour: measured.map { [Self.other: $0] } ?? [:])
        #expect(forecast.hosts.map(\.rate) == [measured.map { Forecast.Rate(Self.perHour($0), .measured) }])
        #expect(forecast.hosts.map(\.isWatched) == [false])
        // Not watched: its rate does not shorten the window.
        #expect(forecast.rate == Forecast.Rate(Self.perHour(72), .assumed))
    }

    @Test func `any host's rate counts where any host is watched`() {
        let forecast = forecast([.sample(Self.other)], flushFor: .any, perHour: [Self.other: 144])
        #expect(forecast.rate == Forecast.Rate(Self.perHour(144), .measured))
        #expect(forecast.window == .after(.seconds(125_000)))
    }

    @Test func `where no load balancer is known one is supposed`() {
        #expect(forecast([], loadBalancers: []).rate == Forecast.Rate(Self.perHour(72), .supposed))
        let slow = forecast([.sample(Self.other)], loadBalancers: [], perHour: [Self.other: 1])
        #expect(slow.rate == Forecast.Rate(Self.perHour(72), .supposed))
        #expect(slow.hosts.map(\.rate) == [Forecast.Rate(Self.perHour(1), .measured)])
        #expect(slow.hosts.map(\.isLoadBalancer) == [false])
    }

    @Test func `a load balancer's address counts with its own interval`() {
        var policy = Policy()
        policy.loadBalancers = ["10.0.1.23", "10.0.2.23", "10.1.0.0/16"]
        policy.ownIntervals = ["10.0.1.23": .seconds(300), "10.0.2.23": .seconds(60)]
        let rows = ["10.0.1.23", "10.0.2.23", "10.1.2.3", "10.2.0.1"].map { HostCacheRow.sample($0) }
        let forecast = { (policy: Policy, rows: [HostCacheRow]) in
            Forecast(.sample(at: 0, rows), exposure: .visible, policy: policy, interval: .seconds(30)) { _ in
                nil
            }
        }
        let found = forecast(policy, rows)
        #expect(found.hosts.map(\.isLoadBalancer) == [true, true, true, false])
        #expect(
            found.hosts.map { $0.rate?.value }
                == [Self.perHour(72), Self.perHour(360), Self.perHour(720), nil]
        )
        // Of an address that may come at any time from the range nothing is known.
        #expect(found.rate == Forecast.Rate(Self.perHour(720), .assumed))
        #expect(found.interval == .seconds(30))
        policy.loadBalancers = ["10.0.1.23", "10.0.2.23"]
        #expect(forecast(policy, []).rate == Forecast.Rate(Self.perHour(360), .assumed))
        #expect(forecast(policy, []).interval == .seconds(60))
        policy.loadBalancers = ["10.0.1.23"]
        policy.ownIntervals = ["10.0.1.23": .seconds(300)]
        #expect(forecast(policy, []).window == .after(.seconds(250_000)))
    }

    @Test func `the rate of a vanished row still counts where it is watched`() {
        let rates = [(address: Self.nlb, rate: Self.perHour(720)), (Self.other, Self.perHour(7200))]
        #expect(forecast([], vanished: rates).rate == Forecast.Rate(Self.perHour(720), .measured))
        #expect(forecast([], flushFor: .any, vanished: rates).rate.value == Self.perHour(7200))
    }

    @Test func `a host that is not validated has no time to block and no say`() {
        let row = HostCacheRow.sample(Self.nlb, spent: 6000, isValidated: false)
        let forecast = forecast([row], perHour: [Self.nlb: 7200])
        #expect(forecast.hosts.map(\.timeToBlock) == [.never])
        #expect(forecast.blocked == [])
        #expect(forecast.mostSpent == 0)
        #expect(forecast.rate == Forecast.Rate(Self.perHour(72), .assumed))
        #expect(forecast.timeToBlock == .after(.seconds(250_000)))
    }

    @Test(
        arguments: [
            (0, false, 250_000), (4999, false, 50), (5000, true, 0), (5001, true, 0), (.max, true, 0),
        ] as [(UInt64, Bool, Int64)]
    )
    func `the time to block is what is left at the rate`(spent: UInt64, isBlocked: Bool, seconds: Int64) {
        let forecast = forecast([.sample(Self.nlb, spent: spent)])
        #expect(forecast.hosts.map(\.isBlocked) == [isBlocked])
        #expect(forecast.hosts.map(\.timeToBlock) == [.after(.seconds(seconds))])
        #expect(forecast.timeToBlock == .after(.seconds(seconds)))
        #expect(forecast.blocked == (isBlocked ? forecast.hosts : []))
        #expect(forecast.mostSpent == spent)
        // The window is from clean, whatever is spent.
        #expect(forecast.window == .after(.seconds(250_000)))
    }

    @Test func `the highest limit is far away and does not trap`() {
        let forecast = forecast([.sample(Self.nlb, spent: .max - 1)], limit: .max)
        #expect(forecast.window == .after(.farFuture))
        #expect(forecast.timeToBlock == .after(.seconds(50)))
        #expect(forecast.flushInterval == Share.half.of(.farFuture))
    }

    @Test func `the host nearest to the block comes first, then by address`() {
        let rows: [HostCacheRow] = [
            .sample("10.0.3.1", spent: 1), .sample("10.0.1.1", spent: 1), .sample("10.0.2.1", spent: 2),
            .sample("10.0.0.1", spent: 9, isValidated: false),
        ]
        let order = ["10.0.2.1", "10.0.1.1", "10.0.3.1", "10.0.0.1"]
        #expect(forecast(rows).hosts.map(\.row.address) == order)
        #expect(forecast(rows.reversed()).hosts.map(\.row.address) == order)
    }

    @Test(arguments: [Exposure.Cause.skipNameResolve, .hostCacheSizeZero])
    func `a server that cannot block never blocks`(cause: Exposure.Cause) {
        let forecast = forecast([.sample(Self.nlb, spent: 6000)], exposure: .cannotBlock(cause))
        #expect(forecast.window == .never)
        #expect(forecast.timeToBlock == .never)
        #expect(forecast.flushInterval == nil)
        #expect(forecast.blocked == [])
        #expect(forecast.hosts.map(\.timeToBlock) == [.never])
    }

    @Test func `a bound over all hosts proves no block`() {
        let seen = Observation.sample(at: 0, settings: .sample(.mariadb, performanceSchema: false))
        let forecast = forecast([seen.blindRow(spent: 6000, arrived: 6000)], exposure: .blind)
        #expect(forecast.blocked == [])
        #expect(forecast.hosts.map(\.isWatched) == [true])
        #expect(forecast.mostSpent == 6000)
    }

    @Test(
        arguments: [
            (1, 301, nil), (2, 300, nil), (2, 301, 2), (100, nil, nil), (0, 301, nil),
        ] as [(UInt64, Int64?, UInt64?)]
    )
    func `one look gives an average of two errors over more than an interval`(
        errors: UInt64,
        age: Int64?,
        expected: UInt64?
    ) {
        let row = HostCacheRow.sample(spent: errors, firstErrorAge: age.map { .seconds($0) })
        let rate = Forecast.Rate(averageOf: row, interval: .seconds(300))
        let wanted = expected.map { errors in
            let rate = ErrorRate(errors: errors, perHealthCheckInterval: .seconds(301))
            return Forecast.Rate(rate, .average)
        }
        #expect(rate == wanted)
    }
}
