/// How far each address is from the block, and how soon it gets there.
package struct Forecast: Hashable, Sendable {
    /// Where a rate comes from.
    package enum Basis: String, Hashable, Sendable {
        /// The sustained rate, measured over a whole span.
        case measured
        /// `errors_per_health_check` an interval, for a load balancer's address.
        case assumed
        /// The same, where no load balancer is known: one such address is supposed.
        case supposed
        /// Errors since the first, over the time since then: one look, no history.
        case average
    }

    /// A rate and where it comes from.
    package struct Rate: Hashable, Sendable {
        package var value: ErrorRate
        package var basis: Basis

        package init(_ value: ErrorRate, _ basis: Basis) {
            self.value = value
            self.basis = basis
        }
    }

    /// One address of the host cache.
    package struct Host: Hashable, Sendable {
        package var row: HostCacheRow
        package var isLoadBalancer: Bool
        /// Whether its errors make a flush due.
        package var isWatched: Bool
        /// Nil until its rate is known.
        package var rate: Rate?
        package var isBlocked: Bool
        /// Until it is blocked, at its rate.
        ///
        /// Zero when it is blocked; nil while the rate is unknown.
        package var timeToBlock: TimeToBlock?
    }

    package var exposure: Exposure
    /// `max_connect_errors`.
    package var limit: UInt64
    /// All rows, the one nearest to the block first.
    package var hosts: [Host]
    /// The rate the window is computed from: the highest of the watched addresses.
    package var rate: Rate
    /// From clean to blocked, at ``rate``; never when the server cannot block.
    package var window: TimeToBlock
    /// Until the first watched address is blocked; a clean one's window when none is on its way.
    package var timeToBlock: TimeToBlock
    /// The longest time between flushes: the policy's share of the window; nil for never.
    package var flushInterval: Duration?

    package var blocked: [Host] { hosts.filter(\.isBlocked) }
    /// The highest part of the limit that any address has used.
    package var mostSpent: UInt64 { hosts.lazy.map(\.row.spent).max() ?? 0 }
}

extension ErrorRate: Hashable {
    package func hash(into hasher: inout Hasher) {
        // Equal ratios hash alike: 6 in 300 s is 72 in an hour.
        hasher.combine(thousandths(per: .seconds(3600)))
    }
}

extension Forecast {
    /// What one look and the measured rates say.
    ///
    /// - Parameters:
    ///   - observation: The look. A blind server's rows are those of ``Observation/blindRow(spent:arrived:)``.
    ///   - exposure: What the server can do and show; not read from the rows, which may stand in.
    ///   - policy: What is wanted.
    ///   - interval: The health-check interval in force.
    ///   - vanished: Measured rates of addresses that have no row now but had one a span ago.
    ///   - measured: The measured rate of an address and its basis; nil while unknown.
    package init(
        _ observation: Observation,
        exposure: Exposure,
        policy: Policy,
        interval: Duration,
        vanished: [(address: String, rate: ErrorRate)] = [],
        measured: (HostCacheRow) -> Rate?
    ) {
        let limit = observation.limit
        let canBlock = exposure.canBlock
        let assumed = ErrorRate(errors: policy.errorsPerHealthCheck, perHealthCheckInterval: interval)
        let knowsLoadBalancers = !policy.loadBalancers.isEmpty
        let hosts = observation.rows.map { row in
            let isLoadBalancer = policy.loadBalancers.contains(row.address)
            let found = measured(row)
            let rate: Rate? =
                switch (isLoadBalancer, found) {
                case (true, let found?) where found.value >= assumed: found
                case (true, _): Rate(assumed, .assumed)
                case (false, let found?): found
                case (false, nil): knowsLoadBalancers ? nil : Rate(assumed, .supposed)
                }
            return Host(
                row,
                policy: policy,
                isLoadBalancer: isLoadBalancer,
                rate: rate,
                limit: canBlock ? limit : nil
            )
        }
        let floor = Rate(assumed, knowsLoadBalancers ? .assumed : .supposed)
        let watched = hosts.filter { $0.isWatched && $0.row.isValidated }
        let gone = vanished.lazy.filter { policy.watches($0.address) }.map { Rate($0.rate, .measured) }
        let fastest = (watched.compactMap(\.rate) + gone).max { $0.value < $1.value }
        let rate = fastest.flatMap { $0.value >= floor.value ? $0 : nil } ?? floor
        let window = canBlock ? rate.value.time(for: limit) : .never
        self.exposure = exposure
        self.limit = limit
        self.hosts = hosts.sorted { $0.isNearer(than: $1) }
        self.rate = rate
        self.window = window
        timeToBlock = canBlock ? watched.compactMap(\.timeToBlock).reduce(window, min) : .never
        flushInterval = window.duration.map { policy.flushWithin.of($0) }
    }
}

extension Forecast.Host {
    fileprivate init(
        _ row: HostCacheRow,
        policy: Policy,
        isLoadBalancer: Bool,
        rate: Forecast.Rate?,
        limit: UInt64?
    ) {
        self.row = row
        self.isLoadBalancer = isLoadBalancer
        isWatched = row.standsForAnyHost || policy.watches(row.address)
        self.rate = rate
        // An upper bound over all hosts proves nothing about any one of them.
        isBlocked = !row.standsForAnyHost && limit.map { row.isBlocked(limit: $0) } ?? false
        if isBlocked {
            timeToBlock = .after(.zero)
        } else if let limit, row.isValidated {
            timeToBlock = rate?.value.time(for: limit - min(limit, row.spent))
        } else {
            timeToBlock = .never
        }
    }

    fileprivate func isNearer(than other: Self) -> Bool {
        (other.row.spent, row.address) < (row.spent, other.row.address)
    }
}
