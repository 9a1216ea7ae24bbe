/// What must be remembered of one server over restarts of the daemon.
package struct Memory: Hashable, Sendable {
    package var flushes = FlushHistory()
    package var raises = RaiseMemory()
    /// The most errors any one host can have; nil before the first look.
    package var bound: ErrorBound?
    /// What was measured at the last look, for whoever looks only once; nil while nothing is.
    package var measured: Measured?

    package init() {}

    /// Sustained rates by address, and whose errors come evenly.
    package struct Measured: Hashable, Sendable {
        /// When the look was made.
        package var at: Duration
        package var rates: [String: ErrorRate]
        /// Addresses that are no load balancer's as far as is known, and make errors as evenly as one.
        package var even: Set<String>

        package init(at instant: Duration, rates: [String: ErrorRate], even: Set<String> = []) {
            at = instant
            self.rates = rates
            self.even = even
        }

        /// The most addresses that are kept: the nearest to the block.
        package static let mostAddresses = 100
    }
}

extension Memory.Measured {
    /// What a forecast holds of measured rates; nil when it holds none.
    init?(_ forecast: Forecast, at instant: Duration) {
        rates = [:]
        even = []
        // By index, so that no host is copied: a full host cache has 65,536.
        for index in forecast.hosts.indices where forecast.hosts[index].rate?.basis == .measured {
            guard rates.count < Self.mostAddresses else { break }
            rates[forecast.hosts[index].row.address] = forecast.hosts[index].rate?.value
        }
        for index in forecast.hosts.indices where forecast.hosts[index].isEven {
            guard even.count < Self.mostAddresses else { break }
            if !forecast.hosts[index].isLoadBalancer { even.insert(forecast.hosts[index].row.address) }
        }
        guard !rates.isEmpty || !even.isEmpty else { return nil }
        at = instant
    }
}

/// Counts that only grow, over flushes and restarts.
package struct Counters: Hashable, Sendable {
    /// `COUNT_HANDSHAKE_ERRORS` seen to arrive.
    package var handshakeErrors: UInt64 = 0
    /// `COUNT_HOST_BLOCKED_ERRORS` seen to arrive.
    package var blockedConnections: UInt64 = 0
    /// Flushes sent, whatever came of them.
    package var flushes: [FlushTrigger: UInt64] = [:]
    /// Flushes that failed, were refused, or had no effect.
    package var flushFailures: UInt64 = 0
    /// Changes of `max_connect_errors` that took effect.
    package var limitChanges: UInt64 = 0
    /// Actions that were due and not done.
    package var suppressed: [Suppression.Kind: UInt64] = [:]

    package init() {}
}
