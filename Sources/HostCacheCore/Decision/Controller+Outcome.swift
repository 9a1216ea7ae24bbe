extension Controller {
    /// Records that a flush is about to be done; the guard rails count it from here.
    package mutating func flushBegins(_ trigger: FlushTrigger, at instant: Duration) {
        memory.flushes.begin(at: instant)
        hasFlushedSinceLook = true
        foreign.release()
        unsent = trigger
    }

    /// Records that a statement of the flush that was begun goes to the server now.
    ///
    /// Counted once, whatever comes of it and however many statements it takes.
    package mutating func flushSends() {
        guard let trigger = unsent else { return }
        unsent = nil
        counters.flushes[trigger, default: 0] += 1
    }

    /// Records what came of a flush.
    ///
    /// - Parameters:
    ///   - outcome: What came of it.
    ///   - statement: The statement sent last.
    ///   - before: The look it was decided on.
    ///   - instant: Now. The minimum gap runs from here: the statement may have waited, and its look too.
    package mutating func flushEnded(
        _ outcome: FlushOutcome,
        with statement: FlushStatement,
        before: Observation,
        at instant: Duration
    ) {
        foreign.sent(statement)
        if case .refused(let code) = outcome {
            if FlushStatement.passingRefusals.contains(code) {
                deferred.insert(statement)
            } else if FlushStatement.refusals.contains(code) {
                refused.insert(statement)
            }
        }
        settle(outcome, before: before, at: instant)
    }

    /// Takes what came of a flush into the memory.
    mutating func settle(_ outcome: FlushOutcome, before: Observation, at instant: Duration) {
        let begin = memory.flushes.lastAttempt ?? before.instant
        memory.flushes.lastAttempt = max(begin, instant)
        switch outcome {
        case .verified, .unverified:
            memory.flushes.last = begin
            // Not by the look after it: what came between the flush and that look is spent.
            memory.bound = ErrorBound(clearedAt: begin, before)
        case .failed, .refused:
            counters.flushFailures += 1
        case .unknown:
            pending = before
        }
    }

    /// Records that a raise is about to be sent; until its outcome is recorded, the next look tells it.
    package mutating func raiseBegins(_ before: Observation, to limit: UInt64, with statement: RaiseStatement)
    {
        memory.raises.begin(before, to: limit, with: statement)
    }

    /// Records that the raise which was begun was not sent after all.
    package mutating func raiseNotSent() {
        memory.raises.pending = nil
    }

    /// Records that the limit was raised.
    ///
    /// - Parameters:
    ///   - before: The server as it was seen before.
    ///   - limit: What was set.
    ///   - isPersisted: Whether the server keeps it over a restart.
    package mutating func raiseSucceeded(_ before: Observation, to limit: UInt64, isPersisted: Bool) {
        memory.raises.succeed(before, to: limit, isPersisted: isPersisted)
        counters.limitChanges += 1
    }

    /// Records that the limit could not be raised.
    ///
    /// - Parameters:
    ///   - statement: The statement that failed.
    ///   - code: The server's error; nil where it took another value, or none came.
    ///   - instant: Now.
    package mutating func raiseFailed(_ statement: RaiseStatement, _ code: UInt32?, at instant: Duration) {
        // What is left is tried at once, and remembered for this connection and as long as a raise waits.
        if statement == .persist, policy.raiseWith == .automatic, !refusesPersist(at: instant), code != nil {
            persistRefused = (instant, true)
            memory.raises.pending = nil
        } else {
            memory.raises.fail(at: instant)
        }
    }

    /// Whether `SET PERSIST` is not to be tried at that moment.
    func refusesPersist(at instant: Duration) -> Bool {
        persistRefused.map { $0.isOfThisConnection || instant - $0.at < RaiseMemory.retryDelay } ?? false
    }
}
