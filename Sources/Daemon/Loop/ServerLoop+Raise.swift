import HostCacheCore
import Logging

extension ServerLoop {
    /// Raises the limit, reads it back, and returns that look.
    func raise(
        to limit: UInt64,
        with statement: RaiseStatement,
        _ seen: Observation,
        _ connection: ServerConnection,
        _ turn: inout Turn
    ) async throws -> Observation {
        let sql = statement.sql(limit: limit)
        var intent = entry(.intent, .raise, seen)
        intent.statement = sql
        intent.limitBefore = seen.limit
        intent.limitAfter = limit
        turn.controller.raiseBegins(seen, to: limit, with: statement)
        await save(turn, identity: seen.identity)
        await records.append(intent)
        if let newer = try await newerLook(seen, intent, connection, &turn) { return newer }
        let failure = try await ending(intent, turn.log) { try await send(sql, on: connection) }
        if let failure, failure.outcomeIsUnknown {
            await isUnknown(intent, turn.log, failure)
            if failure.losesConnection { throw failure }
            return try await look(connection)
        }
        if let failure, !statement.mayHaveEffect(in: failure) {
            await fail(intent, statement, failure, &turn)
            if failure.losesConnection { throw failure }
            return try await look(connection)
        }
        let after = try await ending(intent, turn.log) { try await look(connection) }
        intent.limitAfter = after.limit
        let isRaised = after.limit >= limit
        if let failure, !isRaised {
            await fail(intent, statement, failure, &turn)
            return after
        }
        if isRaised {
            let isPersisted = statement.outlivesRestart && failure == nil
            turn.controller.raiseSucceeded(seen, to: limit, isPersisted: isPersisted)
        } else {
            turn.controller.raiseFailed(statement, nil, at: timekeeper.now())
        }
        await save(turn, identity: seen.identity)
        await outcome(
            of: intent,
            isRaised ? .ok : .failed,
            detail: isRaised
                ? failure.map { "in force, not persisted: \($0.message)" } : "read back \(after.limit)"
        )
        tell(isRaised, intent, failure, &turn)
        return after
    }

    /// A new look where the limit is as wanted by now, so that nothing is sent; else nil.
    private func newerLook(
        _ seen: Observation,
        _ intent: AuditEntry,
        _ connection: ServerConnection,
        _ turn: inout Turn
    ) async throws -> Observation? {
        do {
            guard let newer = try await lookIfStale(seen, connection), let wanted = intent.limitAfter,
                newer.limit >= wanted
            else { return nil }
            turn.controller.raiseNotSent()
            await outcome(of: intent, .failed, detail: "not sent: the limit is \(newer.limit) by now")
            return newer
        } catch {
            turn.controller.raiseNotSent()
            await outcome(of: intent, .failed, detail: "not sent: \(error)")
            throw error
        }
    }

    private func tell(_ isRaised: Bool, _ intent: AuditEntry, _ failure: ServerFailure?, _ turn: inout Turn) {
        let limit = { (value: UInt64?) in value.map { "\($0)" } ?? "" }
        if let failure {
            turn.log.write(
                .warning,
                "max_connect_errors raised, and not persisted: the server forgets it at a restart",
                [
                    .id: intent.id, .before: limit(intent.limitBefore), .limit: limit(intent.limitAfter),
                    .statement: intent.statement ?? "", .error: failure.message,
                    .advice: "make room in its data directory, or write it into my.cnf",
                ]
            )
            return
        }
        turn.log.write(
            isRaised ? .notice : .error,
            isRaised ? "max_connect_errors raised" : "max_connect_errors was not taken as wanted",
            [
                .id: intent.id, .before: limit(intent.limitBefore), .limit: limit(intent.limitAfter),
                .wanted: limit(turn.controller.policy.wantedLimit), .statement: intent.statement ?? "",
            ]
        )
    }

    /// Runs one step of a raise; when it throws, the outcome is unknown: the next look reads the limit first.
    private func ending<Value>(
        _ intent: AuditEntry,
        _ log: ServerLog,
        _ step: () async throws -> Value
    ) async throws -> Value {
        do {
            return try await step()
        } catch {
            await isUnknown(intent, log, error)
            throw error
        }
    }

    private func isUnknown(_ intent: AuditEntry, _ log: ServerLog, _ error: any Error) async {
        await outcome(of: intent, .unknown, detail: "\(error)")
        log.write(
            .warning,
            "what became of a raise is not known yet",
            [.id: intent.id, .statement: intent.statement ?? "", .error: "\(error)"]
        )
    }

    private func fail(
        _ intent: AuditEntry,
        _ statement: RaiseStatement,
        _ failure: ServerFailure,
        _ turn: inout Turn
    ) async {
        turn.controller.raiseFailed(statement, failure.code, at: timekeeper.now())
        turn.log.write(
            .error,
            "max_connect_errors could not be raised",
            [
                .id: intent.id, .statement: intent.statement ?? "", .error: failure.message,
                .advice: RaiseStatement.advice(failure.code),
            ],
            cause: KnownCause(code: failure.code)
        )
        await outcome(of: intent, .failed, detail: failure.message)
    }
}

extension RaiseStatement {
    /// Whether the value may be in force although the server answered with an error.
    ///
    /// `SET PERSIST` sets the variable before it writes `mysqld-auto.cnf`: on a full or read-only disk it ends with
    /// 3549, and the value is in force (tried on MySQL 9.7.4). What refuses the statement itself sets nothing.
    fileprivate func mayHaveEffect(in failure: ServerFailure) -> Bool {
        self == .persist && failure.code.map { !FlushStatement.refusals.contains($0) } ?? true
    }

    /// What a person can do about a server error on raising.
    static func advice(_ code: UInt32?) -> String {
        switch code {
        case 1227, 1142:
            "grant CONNECTION ADMIN (MariaDB) or SYSTEM_VARIABLES_ADMIN (MySQL), or set raise_with = \"never\""
        default: "raise it by hand, or set raise_with = \"never\""
        }
    }
}
