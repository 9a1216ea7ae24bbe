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

        /// Whether it counts before another: it is faster, or as fast and seen rather than assumed.
        fileprivate func isAhead(of other: Self) -> Bool {
            let isSeen = basis == .measured || basis == .average
            return other.value < value || other.value == value && isSeen
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
        /// Whether its errors come as evenly as a health check's, as far as it was watched.
        package var isEven = false
    }

    package var exposure: Exposure
    /// `max_connect_errors`.
    package var limit: UInt64
    /// All rows, the thousand nearest to the block first and in order; more follow as the server gives them.
    package var hosts: [Host]
    /// The rate the window is computed from: the highest of the watched addresses.
    package var rate: Rate
    /// The health-check interval that ``rate`` counts with.
    package var interval: Duration
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
    ///   - interval: The health-check interval in force where an address has none of its own.
    ///   - vanished: Measured rates of addresses that have no row now but had one a span ago.
    ///   - isEven: Whether the errors of the row at this place come as a health check's do.
    ///   - measured: The measured rate of an address and its basis; nil while unknown. Asked once for each row,
    ///     in their order.
    package init(
        _ observation: Observation,
        exposure: Exposure,
        policy: Policy,
        interval: Duration,
        vanished: [(address: String, rate: ErrorRate)] = [],
        isEven: (Int) -> Bool = { _ in false },
        measured: (HostCacheRow) -> Rate?
    ) {
        let limit = observation.limit
        let canBlock = exposure.canBlock
        let knowsLoadBalancers = !policy.loadBalancers.isEmpty
        let ownInterval = { policy.ownIntervals[$0] ?? interval }
        let shortest = policy.shortestInterval(interval)
        let floor = Rate(policy.assumedRate(shortest), knowsLoadBalancers ? .assumed : .supposed)
        var fastest = (rate: floor, interval: shortest)
        var soonest: TimeToBlock?
        var hosts: [Host] = []
        hosts.reserveCapacity(observation.rows.count)
        let found = observation.rows.map(measured)
        for place in observation.rows.nearestFirst() {
            let row = observation.rows[place]
            let isLoadBalancer = policy.isLoadBalancer(row.address)
            let own = ownInterval(row.address)
            let assumed = policy.assumedRate(own)
            let rate: Rate? =
                switch (isLoadBalancer, found[place]) {
                case (true, let found?) where found.value >= assumed: found
                case (true, _): Rate(assumed, .assumed)
                case (false, let found?): found
                case (false, nil): knowsLoadBalancers ? nil : Rate(assumed, .supposed)
                }
            var host = Host(
                row,
                policy: policy,
                isLoadBalancer: isLoadBalancer,
                rate: rate,
                limit: canBlock ? limit : nil
            )
            host.isEven = isEven(place)
            if host.isWatched, row.isValidated {
                if let rate, rate.isAhead(of: fastest.rate) { fastest = (rate, own) }
                if let time = host.timeToBlock { soonest = soonest.map { min($0, time) } ?? time }
            }
            hosts.append(host)
        }
        for gone in vanished where policy.watches(gone.address) {
            let rate = Rate(gone.rate, .measured)
            if rate.isAhead(of: fastest.rate) { fastest = (rate, ownInterval(gone.address)) }
        }
        let window = canBlock ? fastest.rate.value.time(for: limit) : .never
        self.exposure = exposure
        self.limit = limit
        self.hosts = hosts
        rate = fastest.rate
        self.interval = fastest.interval
        self.window = window
        timeToBlock = canBlock ? min(window, soonest ?? window) : .never
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
}
