/// When to look again.
extension Controller {
    /// Until the next look: a quarter of the time to block, or what is due before that.
    ///
    /// The time to block at the recent rate and at the one that the forecast counts with, and never more than a
    /// quarter of the shortest window that can begin: an address that is clean now, or has no row, may be on its
    /// way a moment later.
    func pause(
        _ forecast: Forecast,
        dueAt: Duration?,
        suppressed: [Suppression],
        at instant: Duration
    ) -> Duration {
        var pauses = [policy.checkInterval]
        if forecast.exposure.canBlock {
            var windows = [timeToBlock(forecast), forecast.window]
            if policy.keepsAlive { windows.append(keepAliveWindow(forecast.limit)) }
            pauses += windows.compactMap { $0.duration.map { $0 / 4 } }
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

    /// Until the first watched address is blocked, at its recent rate or the one that the forecast counts with.
    private func timeToBlock(_ forecast: Forecast) -> TimeToBlock {
        let budget = policy.flushAt.of(forecast.limit)
        let flushes = policy.isEnforcing && policy.actions.contains(.flush)
        var soonest = TimeToBlock.never
        // A full host cache has 65,536 rows.
        for host in forecast.hosts where host.isWatched && !host.isBlocked {
            // Keep-alive logins set each host's errors to zero, and a blind server's counter goes on.
            let isEndless = host.row.standsForAnyHost && policy.keepsAlive
            let left = forecast.limit - (isEndless ? 0 : min(forecast.limit, host.row.spent))
            // Past its bound a blind server stays there until a flush: where none is sent, haste gains nothing.
            if left > 0 || flushes, let recent = recent(host.row.address) {
                soonest = min(soonest, recent.time(for: left))
            }
            // Past its budget, what is due about it is due now, or when a guard rail ends.
            guard host.row.spent > 0, host.row.spent < budget else { continue }
            soonest = min(soonest, (host.rate ?? forecast.rate).value.time(for: left))
        }
        return soonest
    }

    /// Errors since the look before, less one health check: one in one look is a burst, not a rate.
    ///
    /// Where keep-alive logins are made, all of them count: one in vain costs nothing, and one too late all.
    private func recent(_ address: String) -> ErrorRate? {
        rates.recent(address).flatMap { recent in
            let burst = policy.keepsAlive ? 0 : min(recent.errors, policy.errorsPerHealthCheck)
            return ErrorRate(errors: recent.errors - burst, per: recent.elapsed)
        }
    }

    /// From clean to blocked by the fastest health checks there are.
    ///
    /// A keep-alive login is in time only where a look shows that it is due. 5 s is the shortest interval that AWS
    /// allows (API reference, ModifyTargetGroup, HealthCheckIntervalSeconds).
    private func keepAliveWindow(_ limit: UInt64) -> TimeToBlock {
        policy.assumedRate(.seconds(5)).time(for: limit)
    }
}
