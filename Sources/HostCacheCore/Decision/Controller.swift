/// Judges one server, look after look.
///
/// Pure: it is told what was seen and what came of an action, and answers what to do. It keeps rates, guard
/// rails and counters; it knows no clock, no connection and no file.
package struct Controller: Sendable {
    package let policy: Policy
    package internal(set) var memory: Memory
    package internal(set) var counters: Counters
    private var rates = RateTracker()
    private var previous: Observation?
    /// The look that a flush with unknown outcome was decided on; nil when there is none.
    var pending: Observation?
    /// Statements the server refused; they are not tried again on this connection.
    var refused: Set<FlushStatement> = []

    package init(policy: Policy, memory: Memory, counters: Counters) {
        self.policy = policy
        self.memory = memory
        self.counters = counters
    }

    /// The server process the last look was at; nil before the first.
    package var identity: String? { previous?.identity }

    /// Starts over with another server process: baselines, refusals and memory are that one's own.
    package mutating func meet(_ memory: Memory) {
        self.memory = memory
        rates = RateTracker()
        previous = nil
        pending = nil
        refused = []
    }

    /// Forgets what was refused on the connection before: privileges may have been granted since.
    package mutating func connectionBegins() {
        refused = []
    }

    /// Takes one look and decides.
    ///
    /// - Parameters:
    ///   - seen: What was seen.
    ///   - interval: The health-check interval in force.
    ///   - known: Rates known from elsewhere, by address; they stand in until this controller has measured.
    /// - Returns: What it means and what to do.
    package mutating func look(
        _ seen: Observation,
        interval: Duration,
        known: [String: Forecast.Rate] = [:]
    ) -> Assessment {
        memory.flushes.disbelieveFuture(at: seen.instant)
        let exposure = seen.exposure
        var events = happened(until: seen, exposure: exposure)
        let isFirst = previous == nil
        // Not needed any more, and a full host cache is large.
        previous?.rows = []
        let judged = standIn(for: seen, exposure: exposure)
        let forecast = forecast(judged, exposure: exposure, interval: interval, known: known)
        let dueAt = memory.flushes.dueAt(forecast, in: seen)
        let trigger = FlushTrigger(forecast, dueAt: dueAt, at: seen.instant, flushAt: policy.flushAt)
        if memory.flushes.skips(forecast, at: seen.instant) {
            memory.flushes.lastSkip = seen.instant
            events.append(.flushSkipped)
        }
        let wasLatched = memory.raises.isLatched
        let raise = exposure.canBlock ? memory.raises.verdict(seen, policy: policy) : .notNeeded
        if memory.raises.isLatched, !wasLatched { events.append(.raiseLatched) }
        let (decision, suppressed) = decide(seen, forecast: forecast, trigger: trigger, raise: raise)
        for suppression in suppressed {
            counters.suppressed[suppression.kind, default: 0] += 1
        }
        memory.measured = Memory.Measured(forecast, at: seen.instant)
        previous = seen
        return Assessment(
            forecast: forecast,
            decision: decision,
            trigger: trigger,
            dueAt: dueAt,
            suppressed: suppressed,
            railFit: GuardRailFit(
                window: forecast.window,
                flushWithin: policy.flushWithin,
                flushAt: policy.flushAt,
                guardRails: policy.guardRails
            ),
            raise: raise,
            events: events,
            raisedWithoutPersistence: memory.raises.last != nil && seen.limit == policy.wantedLimit
                && RaiseStatement.choice(for: seen.settings.version, with: policy.raiseWith) == .global,
            nextLook: isFirst
                ? .seconds(1) : pause(forecast, dueAt: dueAt, suppressed: suppressed, at: seen.instant)
        )
    }
}

extension Controller {
    /// What happened since the look before; takes it into the memory.
    private mutating func happened(until seen: Observation, exposure: Exposure) -> [Assessment.Event] {
        var events: [Assessment.Event] = []
        let hasRestarted = previous.map { seen.isAnotherLife(since: $0) } ?? false
        if hasRestarted {
            events.append(.serverRestarted)
            memory.abortedAtFlush = nil
        }
        if let pending {
            let outcome =
                hasRestarted ? .verified : Self.outcome(from: pending, to: seen, exposure: exposure)
            events.append(.unknownFlushResolved(outcome))
            self.pending = nil
            // Sent or not, nothing proves a blind server's flush: it is not taken as one.
            if outcome != .unverified {
                let end = memory.flushes.lastAttempt ?? seen.instant
                flushEnded(outcome, with: .flush, before: pending, abortedConnects: nil, at: end)
            }
        } else if !hasRestarted, let previous, wasFlushed(since: previous, seen: seen, exposure: exposure) {
            events.append(.flushObserved)
            memory.flushes.last = seen.instant
        }
        return events
    }

    /// Whether somebody else flushed: every row of before has ended.
    ///
    /// Eviction ends one at a time.
    private func wasFlushed(since previous: Observation, seen: Observation, exposure: Exposure) -> Bool {
        let isOurs = memory.flushes.lastAttempt.map { $0 >= previous.instant } ?? false
        guard !isOurs, let sample = previous.rows.first, exposure == .visible else { return false }
        // One row that goes on is the usual case, and a full host cache is large.
        guard sample.ended(before: seen.rows.first { $0.address == sample.address }) else { return false }
        let now = Dictionary(seen.rows.lazy.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
        return previous.rows.allSatisfy { $0.ended(before: now[$0.address]) }
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
            isVisible: exposure == .visible
        )
    }

    /// The look as it is judged: a blind server gets one row that stands for any host.
    private mutating func standIn(for seen: Observation, exposure: Exposure) -> Observation {
        guard exposure == .blind else { return seen }
        let isOfThisLife = memory.flushes.last.map { $0 >= seen.serverStart } ?? false
        if let base = memory.abortedAtFlush, !isOfThisLife || base > seen.abortedConnects {
            // The counter is from another life of the server, which may have ended while nobody looked.
            memory.abortedAtFlush = nil
        }
        var judged = seen
        judged.rows = [seen.blindRow(spent: seen.abortedConnects - (memory.abortedAtFlush ?? 0))]
        return judged
    }

    private mutating func forecast(
        _ judged: Observation,
        exposure: Exposure,
        interval: Duration,
        known: [String: Forecast.Rate]
    ) -> Forecast {
        let span = RateTracker.span(interval: interval)
        let before = (rates.handshakeErrors, rates.blockedConnections)
        rates.take(judged, span: span)
        // A blind server's only counter is an upper bound with refused logins in it: nothing to count on.
        if exposure == .visible {
            counters.handshakeErrors = counters.handshakeErrors
                .addingSaturating(rates.handshakeErrors - before.0)
            counters.blockedConnections = counters.blockedConnections
                .addingSaturating(rates.blockedConnections - before.1)
        }
        var place = 0
        return Forecast(
            judged,
            exposure: exposure,
            policy: policy,
            interval: interval,
            vanished: rates.vanished(at: judged.instant, span: span)
        ) { [rates] row in
            defer { place += 1 }
            return rates.sustained(row.address, hint: place, at: judged.instant, span: span)
                .map { Forecast.Rate($0, .measured) } ?? known[row.address]
        }
    }

    private func decide(
        _ seen: Observation,
        forecast: Forecast,
        trigger: FlushTrigger?,
        raise: RaiseMemory.Verdict
    ) -> (Assessment.Decision, [Suppression]) {
        var suppressed: [Suppression] = []
        if case .raise(let statement) = raise {
            guard let reason = forbids(.raise) else {
                return (.raise(statement, to: policy.wantedLimit), [])
            }
            suppressed.append(Suppression(.raise, reason))
        }
        guard let trigger else { return (.hold, suppressed) }
        if let reason = forbids(.flush) {
            return (.hold, suppressed + [Suppression(.flush, reason)])
        }
        let verdict = policy.guardRails.verdict(
            at: seen.instant,
            history: memory.flushes,
            unblocksLoadBalancer: forecast.hosts.contains { $0.isBlocked && $0.isLoadBalancer }
        )
        if case .wait(let until, let rail) = verdict {
            return (.hold, suppressed + [Suppression(.flush, .rateLimit(rail, until: until))])
        }
        let candidates = FlushStatement.candidates(for: seen.settings, with: policy.flushWith)
        let open = candidates.filter { !refused.contains($0) }
        // With every statement refused the last word may have been another's: privileges change.
        return (.flush(open.isEmpty ? candidates : open, trigger), suppressed)
    }

    private func forbids(_ action: Policy.Action) -> Suppression.Reason? {
        guard policy.isEnforcing else { return .observeMode }
        return policy.actions.contains(action) ? nil : .actionOff
    }

    /// Until the next look: a quarter of the time to block at the recent rate, or what is due before that.
    private func pause(
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
        for case .rateLimit(_, let until) in suppressed.map(\.reason) {
            pauses.append(until - instant)
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
