import HostCacheCore
import Logging

extension ServerLoop {
    /// Flushes, verifies, and returns the look that verified it.
    ///
    /// The rows go into the audit first, since the flush destroys them. A statement that the server refuses,
    /// or that has no effect, is followed by the next one; each is sent once.
    func flush(
        _ statements: [FlushStatement],
        _ trigger: FlushTrigger,
        _ assessment: Assessment,
        _ seen: Observation,
        _ connection: ServerConnection,
        _ turn: inout Turn
    ) async throws -> Observation {
        turn.controller.flushBegins(trigger, at: timekeeper.now())
        await save(turn, identity: seen.identity)
        for statement in statements {
            let (outcome, after) = try await send(statement, trigger, assessment, seen, connection, &turn)
            if let after, outcome == .verified || outcome == .unverified { return after }
            // It may have run: looked up before anything else is sent.
            if outcome == .unknown { break }
        }
        // Nothing worked: the guard rails hold the next try for the minimum gap.
        return try await look(connection)
    }

    private func send(
        _ statement: FlushStatement,
        _ trigger: FlushTrigger,
        _ assessment: Assessment,
        _ seen: Observation,
        _ connection: ServerConnection,
        _ turn: inout Turn
    ) async throws -> (FlushOutcome, Observation?) {
        var intent = entry(.intent, .flush, seen)
        intent.trigger = trigger.rawValue
        intent.statement = statement.sql
        let offenders = assessment.forecast.offenders
        let wall = timekeeper.wall(of: seen.instant)
        intent.hosts = offenders.prefix(AuditEntry.mostHosts).map { AuditEntry.Host($0, at: wall) }
        intent.hostsOmitted =
            offenders.count > AuditEntry.mostHosts ? offenders.count - AuditEntry.mostHosts : nil
        await records.append(intent)
        let newer = try await ending(intent, statement, seen, &turn) {
            try await lookIfStale(seen, connection)
        }
        if let newer, newer.mayHaveBeenFlushed(since: seen) {
            // The next look tells, as of any flush with an unknown outcome.
            let detail = "not sent: somebody may have flushed meanwhile"
            await end(.unknown, statement, seen, intent, detail, &turn)
            return (.unknown, newer)
        }
        turn.controller.flushSends()
        let failure = try await ending(intent, statement, seen, &turn) {
            try await send(statement.sql, on: connection)
        }
        if let failure {
            let result: FlushOutcome = failure.outcomeIsUnknown ? .unknown : .refused(failure.code ?? 0)
            await end(result, statement, seen, intent, failure.message, &turn)
            if failure.losesConnection { throw failure }
            return (result, nil)
        }
        let after = try await ending(intent, statement, seen, &turn) { try await look(connection) }
        let result = FlushOutcome(
            before: seen.rows,
            after: after.rows,
            flushSecond: seen.serverSecond,
            isVisible: assessment.forecast.exposure == .visible && !after.reading.isUnreadable
        )
        await end(result, statement, seen, intent, nil, &turn)
        return (result, after)
    }

    /// Runs one step of a flush; when it throws, the outcome is unknown and looked up before any repeat.
    private func ending<Value>(
        _ intent: AuditEntry,
        _ statement: FlushStatement,
        _ seen: Observation,
        _ turn: inout Turn,
        _ step: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await step()
        } catch {
            await end(.unknown, statement, seen, intent, "\(error)", &turn)
            throw error
        }
    }

    private func end(
        _ result: FlushOutcome,
        _ statement: FlushStatement,
        _ seen: Observation,
        _ intent: AuditEntry,
        _ detail: String?,
        _ turn: inout Turn
    ) async {
        turn.controller.flushEnded(
            result,
            with: statement,
            before: seen,
            at: timekeeper.now()
        )
        await save(turn, identity: seen.identity)
        await outcome(of: intent, AuditEntry.Result(result), detail: detail ?? result.detail)
        tell(result, intent, &turn)
    }

    private func tell(_ outcome: FlushOutcome, _ intent: AuditEntry, _ turn: inout Turn) {
        let values: KeyValuePairs<LogKey, String> = [
            .id: intent.id, .trigger: intent.trigger ?? "", .statement: intent.statement ?? "",
            .outcome: outcome.words,
        ]
        switch outcome {
        case .verified, .unverified: turn.log.write(.notice, "host cache flushed", values)
        case .unknown: turn.log.write(.warning, "what became of a flush is not known yet", values)
        case .failed: turn.log.write(.error, "host cache could not be flushed", values)
        case .refused(let code):
            let cause = KnownCause(code: code)
            turn.log.write(.error, "host cache could not be flushed", values, cause: cause)
        }
    }
}

extension AuditEntry.Result {
    init(_ outcome: FlushOutcome) {
        self =
            switch outcome {
            case .verified: .ok
            case .unverified: .unverified
            case .unknown: .unknown
            case .failed, .refused: .failed
            }
    }
}

extension FlushOutcome {
    /// The outcome for a person, with its figures where it has any.
    var words: String { detail ?? AuditEntry.Result(self).rawValue }

    /// The figures of an outcome, for a person; nil when the outcome says it all.
    fileprivate var detail: String? {
        switch self {
        case .verified, .unknown: nil
        case .unverified: "the server does not show its host cache"
        case .failed(let addresses): "no effect on \(addresses.prefix(5).joined(separator: ", "))"
        case .refused(let code): "server error \(code)"
        }
    }
}
