package import HostCacheCore

extension StateDocument {
    /// The same without latched raises: starting the daemon is a person's word that they have looked.
    package var unlatched: StateDocument {
        var copy = self
        for (name, server) in servers {
            for (identity, process) in server.processes where process.raiseLatched {
                copy.servers[name]?.processes[identity]?.raiseLatched = false
                copy.servers[name]?.processes[identity]?.repeatedRaises = []
            }
        }
        return copy
    }
}

extension StateDocument {
    /// The same with what only an older document knows: servers, processes and target groups.
    ///
    /// Where both know one, this is the newer; of the older only the limit from before the first raise stays.
    package func completed(by older: StateDocument) -> StateDocument {
        var copy = self
        for (name, server) in older.servers {
            copy.servers[name, default: server].processes.merge(server.processes) { ours, before in
                var ours = ours
                ours.originalLimit = before.originalLimit ?? ours.originalLimit
                return ours
            }
        }
        copy.targetGroups = (targetGroups ?? [:]).merging(older.targetGroups ?? [:]) { ours, _ in ours }
        return copy
    }
}

extension StateDocument.Process {
    /// Writes a memory with wall times.
    package init(_ memory: Memory, timekeeper: Timekeeper) {
        self.init()
        let text = { (instant: Duration) in WallClock.text(timekeeper.wall(of: instant)) }
        lastFlush = memory.flushes.last.map(text)
        // The text drops what is below a millisecond; the gap runs from here and must not lose it.
        lastFlushAttempt = memory.flushes.lastAttempt.map { text($0 + .microseconds(999)) }
        lastFlushSkip = memory.flushes.lastSkip.map(text)
        flushesLastHour = memory.flushes.recent.map(text)
        errorBound = memory.bound.map {
            StateDocument.ErrorBound(
                abortedConnects: $0.counter,
                spent: $0.spent,
                countedSinceSeconds: $0.countedSince.wholeSeconds,
                countedAt: text($0.at)
            )
        }
        originalLimit = memory.raises.original
        lastRaise = memory.raises.last.map(text)
        raisedTo = memory.raises.set
        raisePersisted = memory.raises.isPersisted
        pendingRaise = memory.raises.pending.map {
            StateDocument.PendingRaise(
                limitBefore: $0.before,
                limit: $0.limit,
                statement: $0.statement.rawValue,
                at: text($0.at)
            )
        }
        repeatedRaises = memory.raises.repeats.map(text)
        raiseLatched = memory.raises.isLatched
        measuredAt = (memory.measured?.at).map(text)
        even = memory.measured.flatMap { $0.even.isEmpty ? nil : $0.even.sorted() }
        rates = memory.measured?.rates.mapValues { rate in
            StateDocument.Rate(
                errors: rate.errors,
                milliseconds: Int64(clamping: rate.span.wholeMicroseconds / 1000)
            )
        }
    }

    /// Reads it back as moments of this process's clock.
    ///
    /// A time in the future (the clock was set back) or one that cannot be read is unknown: it neither
    /// postpones a schedule nor shortens the gap, which then runs in full from now.
    package func memory(_ timekeeper: Timekeeper) -> Memory {
        let instant = { (text: String) in
            WallClock.parse(text).flatMap { timekeeper.instant(ofWall: $0) }
        }
        var memory = Memory()
        memory.flushes.last = lastFlush.flatMap(instant)
        memory.flushes.lastAttempt = [lastFlushAttempt, lastFlush].compactMap(\.self)
            .map { instant($0) ?? timekeeper.now() }.max()
        memory.flushes.lastSkip = lastFlushSkip.flatMap(instant)
        // An unknown moment counts as now, so that the cap is never too wide.
        memory.flushes.recent = flushesLastHour.map { instant($0) ?? timekeeper.now() }.sorted()
        // Without its moment nothing says that it is of the server's present life.
        memory.bound = errorBound.flatMap { bound in
            instant(bound.countedAt).map {
                HostCacheCore.ErrorBound(
                    counter: bound.abortedConnects,
                    spent: bound.spent,
                    countedSince: .seconds(bound.countedSinceSeconds),
                    at: $0
                )
            }
        }
        memory.raises.original = originalLimit
        memory.raises.last = lastRaise.flatMap(instant)
        memory.raises.set = raisedTo
        memory.raises.isPersisted = raisePersisted
        // A statement that only another version knows is not ours to look up.
        memory.raises.pending = pendingRaise.flatMap { raise in
            RaiseStatement(rawValue: raise.statement).map { statement in
                RaiseMemory.Pending(
                    before: raise.limitBefore,
                    limit: raise.limit,
                    statement: statement,
                    at: instant(raise.at) ?? timekeeper.now()
                )
            }
        }
        memory.raises.repeats = repeatedRaises.map { instant($0) ?? timekeeper.now() }.sorted()
        memory.raises.isLatched = raiseLatched
        memory.measured = measuredAt.flatMap(instant).map { moment in
            Memory.Measured(
                at: moment,
                rates: (rates ?? [:]).compactMapValues {
                    ErrorRate(errors: $0.errors, per: .milliseconds($0.milliseconds))
                },
                even: Set(even ?? [])
            )
        }
        return memory
    }
}

extension StateDocument.Counters {
    package init(_ counters: HostCacheCore.Counters) {
        self.init()
        handshakeErrors = counters.handshakeErrors
        blockedConnections = counters.blockedConnections
        flushes = Dictionary(uniqueKeysWithValues: counters.flushes.map { ($0.key.rawValue, $0.value) })
        flushFailures = counters.flushFailures
        limitChanges = counters.limitChanges
        for (kind, count) in counters.suppressed {
            suppressed[kind.action.rawValue, default: [:]][kind.reason] = count
        }
    }

    /// The counts as the core keeps them; names it does not know are dropped.
    package var core: HostCacheCore.Counters {
        var core = HostCacheCore.Counters()
        core.handshakeErrors = handshakeErrors
        core.blockedConnections = blockedConnections
        for (name, count) in flushes {
            if let trigger = FlushTrigger(rawValue: name) { core.flushes[trigger] = count }
        }
        core.flushFailures = flushFailures
        core.limitChanges = limitChanges
        for (name, reasons) in suppressed {
            guard let action = Policy.Action(rawValue: name) else { continue }
            for (reason, count) in reasons {
                core.suppressed[Suppression.Kind(action: action, reason: reason)] = count
            }
        }
        return core
    }
}

extension StateDocument.TargetGroup {
    /// Writes a memory with wall times.
    ///
    /// A latch is not kept: starting the daemon is a person's word that they have looked.
    package init(_ memory: IntervalMemory, timekeeper: Timekeeper) {
        let text = { (instant: Duration) in WallClock.text(timekeeper.wall(of: instant)) }
        self.init()
        originalIntervalSeconds = memory.original?.interval.wholeSeconds
        originalTimeoutSeconds = memory.original?.timeout?.wholeSeconds
        originalHealthyThreshold = memory.original?.healthyThreshold
        lastChange = memory.last.map(text)
        setIntervalSeconds = memory.set?.wholeSeconds
        corrections = memory.isLatched ? [] : memory.corrections.map(text)
    }

    /// Reads it back; an unknown moment counts as now, so that there are never too many corrections.
    package func memory(_ timekeeper: Timekeeper) -> IntervalMemory {
        let instant = { (text: String) in
            WallClock.parse(text).flatMap { timekeeper.instant(ofWall: $0) } ?? timekeeper.now()
        }
        var memory = IntervalMemory()
        memory.original = originalIntervalSeconds.map {
            IntervalChange(
                interval: .seconds($0),
                timeout: originalTimeoutSeconds.map { .seconds($0) },
                healthyThreshold: originalHealthyThreshold
            )
        }
        memory.last = lastChange.map(instant)
        memory.set = setIntervalSeconds.map { .seconds($0) }
        memory.corrections = corrections.map(instant).sorted()
        return memory
    }
}
