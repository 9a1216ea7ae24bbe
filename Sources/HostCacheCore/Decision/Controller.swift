/// Judges one server, look after look.
///
/// Pure: it is told what was seen and what came of an action, and answers what to do. It keeps rates, guard
/// rails and counters; it knows no clock, no connection and no file.
package struct Controller: Sendable {
    package private(set) var policy: Policy
    package internal(set) var memory: Memory
    package internal(set) var counters: Counters
    private var rates = RateTracker()
    private var previous: Observation?
    /// The look that a flush with unknown outcome was decided on; nil when there is none.
    var pending: Observation?
    /// Whether we sent a flush since the look before, so that rows which ended are no other's doing.
    var hasFlushedSinceLook = false
    private var patience = Patience()
    /// Statements the server refused; they are not tried again on this connection.
    var refused: Set<FlushStatement> = []
    /// Whether the server refused `SET PERSIST`, where it was our choice.
    var refusesPersist = false
    /// What `Com_flush` tells of a blind server.
    var foreign = ForeignFlush()
    /// Whether the table had rows in this life of the server: proof that it shows the host cache.
    private var hasShownRows = false
    /// What the look before showed; nil before the first.
    private var lastExposure: Exposure?
    /// What was added to the bound in this life of the server, as far as we watched; unlike the server's counter
    /// it never falls.
    private var boundArrived: UInt64 = 0

    package init(policy: Policy, memory: Memory, counters: Counters) {
        self.policy = policy
        self.memory = memory
        self.counters = counters
    }

    /// Takes what is wanted as it is from here on, such as with other addresses of load balancers.
    package mutating func follow(_ policy: Policy) {
        self.policy = policy
    }

    /// The server process the last look was at; nil before the first.
    package var identity: String? { previous?.identity }

    /// Starts over with another server process: baselines, refusals and memory are that one's own.
    package mutating func meet(_ memory: Memory) {
        self.memory = memory
        rates = RateTracker()
        previous = nil
        pending = nil
        hasFlushedSinceLook = false
        patience = Patience()
        foreign = ForeignFlush()
        hasShownRows = false
        lastExposure = nil
        boundArrived = 0
        connectionBegins()
    }

    /// Forgets what was refused on the connection before: privileges may have been granted since.
    package mutating func connectionBegins() {
        refused = []
        refusesPersist = false
    }

    /// Takes the latch off raising: a person has looked.
    package mutating func unlatch() {
        memory.raises.unlatch()
    }

    /// Takes one look and decides.
    ///
    /// - Parameters:
    ///   - seen: What was seen.
    ///   - interval: The health-check interval in force.
    ///   - leadership: Whether another daemon is to act first.
    ///   - known: Rates known from elsewhere, by address; they stand in until this controller has measured.
    /// - Returns: What it means and what to do.
    package mutating func look(
        _ seen: Observation,
        interval: Duration,
        leadership: Leadership = .notSought,
        known: [String: Forecast.Rate] = [:]
    ) -> Assessment {
        memory.flushes.disbelieveFuture(at: seen.instant)
        if seen.privileges != previous?.privileges { connectionBegins() }
        let hasRestarted = previous.map { seen.isAnotherLife(since: $0) } ?? false
        hasShownRows = !seen.rows.isEmpty || (hasShownRows && !hasRestarted)
        let exposure = seen.exposure(hasRows: hasShownRows)
        // How long the rows that come into view were there nobody saw: they are a base only.
        if exposure == .visible, lastExposure == .blind { rates = RateTracker() }
        lastExposure = exposure
        var events = happened(until: seen, exposure: exposure, hasRestarted: hasRestarted)
        // Not needed any more, and a full host cache is large.
        previous?.rows = []
        let bound = takeBound(seen, exposure: exposure, hasRestarted: hasRestarted)
        var judged = seen
        if exposure == .blind {
            judged.rows = [seen.blindRow(spent: bound.spent, arrived: boundArrived)]
        }
        let forecast = forecast(judged, exposure: exposure, interval: interval, known: known)
        let dueAt = memory.flushes.dueAt(forecast, in: seen)
        let trigger = FlushTrigger(forecast, dueAt: dueAt, at: seen.instant, flushAt: policy.flushAt)
        if memory.flushes.skips(forecast, at: seen.instant) {
            memory.flushes.lastSkip = seen.instant
            events.append(.flushSkipped)
        }
        let wasLatched = memory.raises.isLatched
        var policy = policy
        if policy.raiseWith == .automatic, refusesPersist { policy.raiseWith = .global }
        let raise = exposure.canBlock ? memory.raises.verdict(seen, policy: policy) : .notNeeded
        if memory.raises.isLatched, !wasLatched { events.append(.raiseLatched) }
        let (decision, suppressed) = decide(
            seen,
            forecast: forecast,
            trigger: trigger,
            raise: raise,
            leadership: leadership
        )
        for suppression in suppressed {
            counters.suppressed[suppression.kind, default: 0] += 1
        }
        memory.measured = Memory.Measured(forecast, at: seen.instant)
        // Where errors were not counted before, no rate is known: a second look follows at once.
        let beginsToCount = hasRestarted || previous?.exposure.canBlock != exposure.canBlock
        previous = seen
        hasFlushedSinceLook = false
        return Assessment(
            forecast: forecast,
            bound: bound,
            decision: decision,
            trigger: trigger,
            leadership: leadership,
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
            nextLook: beginsToCount
                ? .seconds(1) : pause(forecast, dueAt: dueAt, suppressed: suppressed, at: seen.instant)
        )
    }
}

extension Controller {
    /// What happened since the look before; takes it into the memory.
    private mutating func happened(
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
        if let pending {
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
        guard !hasFlushedSinceLook, let sample = previous.rows.first, exposure == .visible else {
            return false
        }
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

    /// Takes the server-wide counter into the memory.
    private mutating func takeBound(
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

    private mutating func decide(
        _ seen: Observation,
        forecast: Forecast,
        trigger: FlushTrigger?,
        raise: RaiseMemory.Verdict,
        leadership: Leadership
    ) -> (Assessment.Decision, [Suppression]) {
        let rails = policy.guardRails.verdict(
            at: seen.instant,
            history: memory.flushes,
            unblocksLoadBalancer: forecast.hosts.contains { $0.isBlocked && $0.isLoadBalancer }
        )
        let isUrgent = trigger == .blocked || trigger == .budget
        let isOurTurn = patience.mayAct(as: leadership, isUrgent: isUrgent && rails == .allowed)
        var suppressed: [Suppression] = []
        if case .raise(let statement) = raise {
            let reason =
                forbids(.raise, isAllowed: seen.privileges.mayRaise) ?? (isOurTurn ? nil : .notLeader)
            guard let reason else {
                return (.raise(statement, to: policy.wantedLimit), [])
            }
            suppressed.append(Suppression(.raise, reason))
        }
        guard let trigger else {
            foreign.release()
            return (.hold, suppressed)
        }
        let candidates = FlushStatement.candidates(for: seen.settings, with: policy.flushWith)
        let allowed = candidates.filter { seen.privileges.allows($0) != false }
        if let reason = forbids(.flush, isAllowed: !allowed.isEmpty) {
            foreign.release()
            return (.hold, suppressed + [Suppression(.flush, reason)])
        }
        if case .wait(let until, let rail) = rails {
            return (.hold, suppressed + [Suppression(.flush, .rateLimit(rail, until: until))])
        }
        guard isOurTurn else {
            foreign.release()
            return (.hold, suppressed + [Suppression(.flush, .notLeader)])
        }
        if forecast.exposure == .blind,
            let until = foreign.hold(at: seen.instant, upTo: longestHold(forecast))
        {
            return (.hold, suppressed + [Suppression(.flush, .rateLimit(.gap, until: until))])
        }
        let open = allowed.filter { !refused.contains($0) }
        // With every statement refused the last word may have been another's: privileges change.
        return (.flush(open.isEmpty ? allowed : open, trigger), suppressed)
    }

    /// How long a due flush may be held for one that somebody else may have sent.
    ///
    /// The minimum gap, but never more than half of what is left of the window when a flush becomes due.
    private func longestHold(_ forecast: Forecast) -> Duration {
        let gap = policy.guardRails.minFlushGap
        guard let window = forecast.window.duration else { return gap }
        return min(gap, (window - max(policy.flushWithin, policy.flushAt).of(window)) / 2)
    }

    /// What keeps an action from being done; an account of which nothing is known may try.
    private func forbids(_ action: Policy.Action, isAllowed: Bool?) -> Suppression.Reason? {
        guard policy.isEnforcing else { return .observeMode }
        guard policy.actions.contains(action) else { return .actionOff }
        return isAllowed == false ? .privilege : nil
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
