/// The limits that hold for every automatic flush.
package struct GuardRails: Hashable, Sendable {
    /// The shortest time between two flushes.
    package var minFlushGap = Duration.seconds(60)
    /// The most flushes in an hour; beyond it one every ``slowLane``.
    package var maxFlushesPerHour: UInt64 = 30

    /// The time between flushes at the cap: never a full stop.
    package static let slowLane = Duration.seconds(300)

    package init() {}

    package init(minFlushGap: Duration, maxFlushesPerHour: UInt64) {
        self.minFlushGap = minFlushGap
        self.maxFlushesPerHour = maxFlushesPerHour
    }

    /// Which guard rail holds a flush back.
    package enum Rail: String, Hashable, Sendable {
        case gap = "min_flush_gap"
        case cap = "max_flushes_per_hour"
    }

    /// Whether a flush may be sent now.
    package enum Verdict: Hashable, Sendable {
        case allowed
        case wait(until: Duration, Rail)
    }

    /// Judges an automatic flush at `instant`.
    ///
    /// - Parameters:
    ///   - instant: Now, on the history's scale.
    ///   - history: Earlier flushes.
    ///   - unblocksLoadBalancer: Whether a load balancer's address is blocked: that always earns a flush
    ///     after the minimum gap, whatever the cap says.
    /// - Returns: Whether it may be sent, or until when which guard rail holds it.
    package func verdict(
        at instant: Duration,
        history: FlushHistory,
        unblocksLoadBalancer: Bool
    ) -> Verdict {
        guard let basis = history.gapBasis else { return .allowed }
        let gapEnds = basis + minFlushGap
        guard instant >= gapEnds else { return .wait(until: gapEnds, .gap) }
        let hour = history.recent.filter { instant - $0 < .seconds(3600) }
        guard UInt64(hour.count) >= maxFlushesPerHour, !unblocksLoadBalancer else { return .allowed }
        let slowLaneEnds = basis + Self.slowLane
        return instant >= slowLaneEnds ? .allowed : .wait(until: slowLaneEnds, .cap)
    }
}
