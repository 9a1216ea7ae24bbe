/// When to look again.
extension Controller {
    /// Until the next look: a quarter of the time to block at the recent rate, or what is due before that.
    func pause(
        _ forecast: Forecast,
        dueAt: Duration?,
        suppressed: [Suppression],
        at instant: Duration
    ) -> Duration {
        var pauses = [policy.checkInterval]
        if forecast.exposure.canBlock {
            let watched = forecast.hosts.lazy.filter(\.isWatched)
            pauses += watched.compactMap { quarter($0, limit: forecast.limit) }
            pauses += [dueAt].compactMap { $0.map { $0 - instant } }.filter { $0 > .zero }
        }
        for suppression in suppressed {
            switch suppression.reason {
            case .rateLimit(_, let until), .foreignFlush(let until): pauses.append(until - instant)
            case .observeMode, .actionOff, .privilege, .notLeader: break
            }
        }
        let waitsForHolder = suppressed.contains(Suppression(.flush, .notLeader))
        if waitsForHolder, forecast.hosts.contains(where: { $0.isWatched && $0.isBlocked }) {
            // Logins are refused by now: two whole check intervals would be long.
            pauses.append(policy.checkInterval / 4)
        }
        return max(.seconds(1), pauses.min() ?? policy.checkInterval)
    }

    private func quarter(_ host: Forecast.Host, limit: UInt64) -> Duration? {
        // A blocked host gains no more errors: what is due about it is due now or when a guard rail ends.
        guard !host.isBlocked, let recent = rates.recent(host.row.address) else { return nil }
        // One health check in one look is a burst, not a rate.
        let excess = recent.errors - min(recent.errors, policy.errorsPerHealthCheck)
        let left = limit - min(limit, host.row.spent)
        return ErrorRate(errors: excess, per: recent.elapsed)?.time(for: left).duration.map { $0 / 4 }
    }
}
