/// What a look adds to what is known.
extension Controller {
    /// What happened since the look before; takes it into the memory.
    mutating func happened(
        until seen: Observation,
        exposure: Exposure,
        hasRestarted: Bool
    ) -> [Assessment.Event] {
        var events: [Assessment.Event] = []
        if hasRestarted {
            events.append(.serverRestarted)
            memory.bound = nil
            foreign = ForeignFlush()
        }
        if foreign.take(seen), exposure == .blind { events.append(.flushPossible) }
        if let pending, !seen.reading.isGap || hasRestarted {
            let outcome =
                hasRestarted ? .verified : Self.outcome(from: pending, to: seen, exposure: exposure)
            events.append(.unknownFlushResolved(outcome))
            self.pending = nil
            // Sent or not, nothing proves a blind server's flush: it is not taken as one.
            if outcome != .unverified {
                let end = memory.flushes.lastAttempt ?? seen.instant
                settle(outcome, before: pending, at: end)
            }
        } else if !hasRestarted, let previous, exposure.canBlock, !previous.exposure.canBlock {
            // The server counted nobody then: its host cache was empty.
            memory.flushes.last = previous.instant
        } else if !hasRestarted, let previous, wasFlushed(since: previous, seen: seen, exposure: exposure) {
            events.append(.flushObserved)
            memory.flushes.observe(at: seen.instant)
        }
        return events
    }

    /// Whether somebody else flushed: every row of before has ended.
    ///
    /// Eviction ends one at a time.
    private func wasFlushed(since previous: Observation, seen: Observation, exposure: Exposure) -> Bool {
        !hasFlushedSinceLook && exposure == .visible && seen.hasLostAllRows(of: previous)
    }

    private static func outcome(
        from before: Observation,
        to after: Observation,
        exposure: Exposure
    )
        -> FlushOutcome
    {
        FlushOutcome(
            before: before.rows,
            after: after.rows,
            flushSecond: before.serverSecond,
            isVisible: exposure == .visible && !before.reading.isUnreadable
        )
    }

    /// Takes the server-wide counter into the memory.
    mutating func takeBound(
        _ seen: Observation,
        exposure: Exposure,
        hasRestarted: Bool
    ) -> ErrorBound {
        let bound = ErrorBound(memory.bound, seen, canBlock: exposure.canBlock)
        // All errors of a new life have come since we looked at the old one.
        let before = hasRestarted ? 0 : memory.bound?.spent ?? bound.spent
        boundArrived = (hasRestarted ? 0 : boundArrived)
            .addingSaturating(bound.spent - min(before, bound.spent))
        memory.bound = bound
        return bound
    }

    mutating func forecast(
        _ judged: Observation,
        exposure: Exposure,
        interval: Duration,
        known: [String: Forecast.Rate],
        isGap: Bool
    ) -> Forecast {
        let span = RateTracker.span(interval: interval)
        let before = (rates.handshakeErrors, rates.blockedConnections)
        // The counters go on unseen; the next look that reads them has the difference.
        if !isGap { rates.take(judged, span: span) }
        // A blind server's only counter is an upper bound with refused logins in it: nothing to count on.
        if exposure == .visible {
            counters.handshakeErrors = counters.handshakeErrors
                .addingSaturating(rates.handshakeErrors - before.0)
            counters.blockedConnections = counters.blockedConnections
                .addingSaturating(rates.blockedConnections - before.1)
        }
        // A first look shows no cadence: what was known a moment ago stands in.
        let measured = previous == nil ? memory.measured : nil
        let evenBefore =
            measured.flatMap { judged.instant - $0.at < policy.checkInterval * 2 ? $0.even : nil } ?? []
        var place = 0
        return Forecast(
            judged,
            exposure: exposure,
            policy: policy,
            interval: interval,
            vanished: rates.vanished(at: judged.instant, span: span),
            isEven: { [rates] in
                let address = judged.rows[$0].address
                return evenBefore.contains(address)
                    || rates.isEven(address, hint: $0, at: judged.instant)
            },
            measured: { [rates] row in
                defer { place += 1 }
                return rates.sustained(row.address, hint: place, at: judged.instant, span: span)
                    .map { Forecast.Rate($0, .measured) } ?? known[row.address]
            }
        )
    }
}
