/// Why a flush is due; the earlier case wins.
package enum FlushTrigger: String, Hashable, Sendable, CaseIterable {
    /// A watched host is blocked.
    case blocked
    /// A watched host has spent its share of the limit (`flush_at`).
    case budget
    /// The share of the window (`flush_within`) has passed since the last flush or the first error.
    case schedule
    /// A person asked.
    case manual
}

extension FlushTrigger {
    /// The automatic trigger that holds now, or nil.
    ///
    /// - Parameters:
    ///   - forecast: The forecast of this look.
    ///   - dueAt: When the schedule wants the next flush; nil for not at all.
    ///   - instant: Now, on the observation's scale.
    ///   - flushAt: The share of the limit that may be spent.
    package init?(_ forecast: Forecast, dueAt: Duration?, at instant: Duration, flushAt: Share) {
        let watched = forecast.hosts.lazy.filter(\.isWatched)
        guard forecast.exposure.canBlock else { return nil }
        if watched.contains(where: \.isBlocked) {
            self = .blocked
        } else if watched.contains(where: { $0.row.spent > 0 && $0.row.spent >= flushAt.of(forecast.limit) })
        {
            self = .budget
        } else if let dueAt, dueAt <= instant {
            self = .schedule
        } else {
            return nil
        }
    }
}
