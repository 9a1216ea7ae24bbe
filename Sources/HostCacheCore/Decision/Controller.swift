/// Judges one server, look after look.
///
/// Pure: it is told what was seen and what came of an action, and answers what to do. It keeps rates, guard
/// rails and counters; it knows no clock, no connection and no file.
package struct Controller: Sendable {
    package private(set) var policy: Policy
    package internal(set) var memory: Memory
    package internal(set) var counters: Counters
    var rates = RateTracker()
    var previous: Observation?
    /// The look that a flush with unknown outcome was decided on; nil when there is none.
    var pending: Observation?
    /// Whether we sent a flush since the look before, so that rows which ended are no other's doing.
    var hasFlushedSinceLook = false
    /// Why the flush was begun of which nothing was sent yet; nil when there is none.
    var unsent: FlushTrigger?
    var patience = Patience()
    /// Statements the server refused; they are not tried again until privileges or the server change.
    var refused: Set<FlushStatement> = []
    /// Statements that something kept from working for a while, such as a backup; they come last from there on.
    var deferred: Set<FlushStatement> = []
    /// The pause that the rates alone asked for when the rows were last read; nil before.
    private var lastRhythm: Duration?
    /// When the server refused `SET PERSIST` last, where it was our choice; nil when it did not.
    var persistRefused: (at: Duration, isOfThisConnection: Bool)?
    /// What `Com_flush` tells of a blind server.
    var foreign = ForeignFlush()
    /// Whether the table had rows in this life of the server: proof that it shows the host cache.
    private var hasShownRows = false
    /// What the look before showed; nil before the first.
    private var lastExposure: Exposure?
    /// What was added to the bound in this life of the server, as far as we watched; unlike the server's counter
    /// it never falls.
    var boundArrived: UInt64 = 0
    /// What the rows showed at the last look that could read them; nil before that.
    var lastRows: LastRows?

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
        unsent = nil
        patience = Patience()
        foreign = ForeignFlush()
        hasShownRows = false
        lastExposure = nil
        boundArrived = 0
        persistRefused = nil
        lastRows = nil
        lastRhythm = nil
        forgetRefusals()
    }

    /// Forgets what the server refused, when it may be another matter now: not with each connection, or a statement
    /// that is refused without its grants being understood would be sent for ever.
    private mutating func forgetRefusals() {
        refused = []
        deferred = []
        connectionBegins()
    }

    /// A new connection may be given to another server by then: what only lasts as long as one is forgotten.
    package mutating func connectionBegins() {
        persistRefused?.isOfThisConnection = false
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
        let hasRestarted = previous.map { seen.isAnotherLife(since: $0) } ?? false
        let seen = hasRestarted ? seen : previous.map { seen.continuing($0) } ?? seen
        let isSameAccount = previous.map { seen.privileges.areTheSame(to: $0.privileges) } ?? false
        if hasRestarted || !isSameAccount { forgetRefusals() }
        hasShownRows = !seen.rows.isEmpty || (hasShownRows && !hasRestarted)
        let exposure = seen.exposure(hasRows: hasShownRows)
        if hasRestarted { lastRows = nil }
        // Blind for a moment: what the rows showed before is still the best that is known.
        let isGap = exposure == .blind && seen.reading.isGap && lastRows != nil
        // How long the rows that come into view were there nobody saw: they are a base only.
        if exposure == .visible, lastExposure == .blind { rates = RateTracker() }
        if !isGap { lastExposure = exposure }
        var events = happened(until: seen, exposure: exposure, hasRestarted: hasRestarted)
        // Not needed any more, and a full host cache is large.
        previous?.rows = []
        let bound = takeBound(seen, exposure: exposure, hasRestarted: hasRestarted)
        var judged = seen
        if exposure == .blind {
            let row = isGap ? lastRows?.row(seen, flushed: bound, arrived: boundArrived) : nil
            judged.rows = [row ?? seen.blindRow(spent: bound.spent, arrived: boundArrived)]
        } else if exposure == .visible {
            lastRows = LastRows(seen, watched: policy.watches)
        }
        let forecast = forecast(judged, exposure: exposure, interval: interval, known: known, isGap: isGap)
        let dueAt = memory.flushes.dueAt(forecast, in: seen) { [rates] row in
            // The row of a blind server is a bound over all hosts: no login lowers it.
            row.standsForAnyHost ? nil : rates.spendsSince(row.address)
        }
        let trigger = FlushTrigger(forecast, dueAt: dueAt, at: seen.instant, flushAt: policy.flushAt)
        if memory.flushes.skips(forecast, at: seen.instant) {
            memory.flushes.lastSkip = seen.instant
            events.append(.flushSkipped)
        }
        if let isInForce = memory.raises.resolve(seen) {
            events.append(.unknownRaiseResolved(isInForce: isInForce))
            if isInForce { counters.limitChanges += 1 }
        }
        let wasLatched = memory.raises.isLatched
        var policy = policy
        policy.raiseWith = policy.raising(on: seen.settings)
        if policy.raiseWith == .automatic, refusesPersist(at: seen.instant) { policy.raiseWith = .global }
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
        if !isGap { memory.measured = Memory.Measured(forecast, at: seen.instant) }
        // Where errors were not counted before, no rate is known: a second look follows at once.
        let beginsToCount = hasRestarted || previous?.exposure.canBlock != exposure.canBlock
        previous = seen
        hasFlushedSinceLook = false
        // Without rows no rate can be measured: the looks go on as close as those before.
        let rhythm = pause(forecast, dueAt: nil, suppressed: [], at: seen.instant)
        if !isGap { lastRhythm = rhythm }
        let next = pause(forecast, dueAt: dueAt, suppressed: suppressed, at: seen.instant)
        return Assessment(
            forecast: forecast,
            bound: bound,
            decision: decision,
            trigger: trigger,
            leadership: leadership,
            dueAt: dueAt,
            suppressed: suppressed,
            railFit: GuardRailFit(window: forecast.window, policy: policy),
            raise: raise,
            events: events,
            raisedWithoutPersistence: memory.raises.isForgottenAtRestart(seen, policy: policy),
            nextLook: beginsToCount ? .seconds(1) : min(next, isGap ? lastRhythm ?? next : next)
        )
    }
}
