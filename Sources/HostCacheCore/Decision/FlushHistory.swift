/// What is known of earlier flushes of one server.
package struct FlushHistory: Hashable, Sendable {
    /// The last flush that took effect, by us or observed; nil when none is known.
    package var last: Duration?
    /// The last flush we began, whatever came of it; the minimum gap runs from here too.
    package var lastAttempt: Duration?
    /// When a due flush was last skipped because nothing was spent.
    package var lastSkip: Duration?
    /// Flushes of the last hour, our own and observed ones, oldest first: the cap counts them all.
    package var recent: [Duration] = []

    package init() {}

    /// The moment the minimum gap runs from; nil when there was no flush.
    package var gapBasis: Duration? { [last, lastAttempt].compactMap(\.self).max() }

    /// Records that we begin a flush: from here the gap and the cap count it.
    package mutating func begin(at instant: Duration) {
        lastAttempt = instant
        recent = recent.filter { instant - $0 < .seconds(3600) } + [instant]
    }

    /// Records a flush by somebody else, seen at `instant`: gap, cap and schedule count it like our own.
    package mutating func observe(at instant: Duration) {
        last = instant
        recent = recent.filter { instant - $0 < .seconds(3600) } + [instant]
    }

    /// Corrects what is said to lie ahead of `instant`, which a wall clock that was set back makes of a state file.
    ///
    /// Such a flush has no known age: it postpones no schedule, and one full gap is waited from `instant`.
    package mutating func disbelieveFuture(at instant: Duration) {
        if let gapBasis, gapBasis > instant {
            lastAttempt = instant
        }
        last = last.flatMap { $0 <= instant ? $0 : nil }
        lastSkip = lastSkip.flatMap { $0 <= instant ? $0 : nil }
        recent = recent.map { min($0, instant) }
    }

    /// When the schedule wants the next flush; nil when nothing is due.
    ///
    /// From the later of the last flush and the moment since which a watched, validated row has only spent more:
    /// that of the row which has done so the longest. Where that was not watched, from its first error; an age that
    /// is unknown never postpones: the server's start stands in for it.
    ///
    /// - Parameters:
    ///   - forecast: The forecast of this look.
    ///   - observation: The look.
    ///   - spendsSince: ``RateTracker/spendsSince(_:)``; asked for rows that have spent something.
    /// - Returns: The moment, which may be past.
    package func dueAt(
        _ forecast: Forecast,
        in observation: Observation,
        spendsSince: (HostCacheRow) -> Duration?
    ) -> Duration? {
        guard let interval = forecast.flushInterval else { return nil }
        var oldest: Duration?
        for host in forecast.hosts where host.isWatched && host.row.spent > 0 {
            let firstError = host.row.firstErrorAge.map { observation.instant - $0 }
            let since = spendsSince(host.row) ?? firstError ?? observation.serverStart
            oldest = min(oldest ?? since, since)
        }
        guard let oldest else { return nil }
        return max(oldest, last ?? oldest) + interval
    }

    /// Whether a flush would be due by the clock although nothing is spent: it is skipped, once an interval.
    package func skips(_ forecast: Forecast, at instant: Duration) -> Bool {
        guard let interval = forecast.flushInterval, let since = [last, lastSkip].compactMap(\.self).max()
        else { return false }
        return !forecast.hosts.contains { $0.isWatched && $0.row.spent > 0 } && instant - since >= interval
    }
}
