/// What the last look showed that keep-alive logins act on.
package struct KeepAliveEvidence: Hashable, Sendable {
    /// When the look was made.
    package var at: Duration
    /// From clean to blocked at the rate in force.
    package var window: TimeToBlock
    /// The watched addresses that have spent `flush_at` of the limit or more, with whether they are blocked.
    package var pressed: [String: Bool] = [:]
    /// Where no row can be seen: what is known of all hosts together.
    package var unseen: Unseen?

    /// Errors of a blind server's hosts, of which any one may have made all.
    package struct Unseen: Hashable, Sendable {
        /// Errors that have come since some moment; it grows until the server or the daemon is restarted.
        package var arrived: UInt64
        /// How many may come between two logins: `flush_at` of the limit.
        package var budget: UInt64

        package init(arrived: UInt64, budget: UInt64) {
            self.arrived = arrived
            self.budget = budget
        }
    }

    package init(at instant: Duration, window: TimeToBlock) {
        at = instant
        self.window = window
    }

    /// What a look means to keep-alive logins.
    ///
    /// - Parameters:
    ///   - forecast: The look's.
    ///   - flushAt: The share of the limit that may be spent.
    ///   - instant: When the look was made.
    package init(_ forecast: Forecast, flushAt: Share, at instant: Duration) {
        self.init(at: instant, window: forecast.window)
        guard forecast.exposure.canBlock else { return }
        let budget = max(1, flushAt.of(forecast.limit))
        for host in forecast.hosts where host.isWatched || host.isLoadBalancer {
            if host.row.standsForAnyHost {
                unseen = Unseen(arrived: host.row.handshakeErrors, budget: budget)
            } else if host.row.spent >= budget {
                pressed[host.row.address] = host.isBlocked
            }
        }
    }
}
