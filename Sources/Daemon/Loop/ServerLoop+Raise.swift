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
        await save(turn, identity: seen.identity)
        await records.append(intent)
        if let newer = try await ending(intent, turn.log, { try await lookIfStale(seen, connection) }),
            newer.limit >= limit
        {
            await outcome(of: intent, .failed, detail: "not sent: the limit is \(newer.limit) by now")
            return newer
        }
        let failure = try await ending(intent, turn.log) { try await send(sql, on: connection) }
        if let failure {
            await fail(intent, statement, failure, &turn)
            if failure.losesConnection { throw failure }
            return try await look(connection)
        }
        let after = try await ending(intent, turn.log) { try await look(connection) }
        intent.limitAfter = after.limit
        let isRaised = after.limit >= limit
        if isRaised {
            turn.controller.raiseSucceeded(seen, to: limit)
        } else {
            turn.controller.raiseFailed(statement, nil, at: timekeeper.now())
        }
        await save(turn, identity: seen.identity)
        await outcome(
            of: intent,
            isRaised ? .ok : .failed,
            detail: isRaised ? nil : "read back \(after.limit)"
        )
        turn.log.write(
            isRaised ? .notice : .error,
            isRaised ? "max_connect_errors raised" : "max_connect_errors was not taken as wanted",
            [
                .id: intent.id, .before: "\(seen.limit)", .limit: "\(after.limit)", .wanted: "\(limit)",
                .statement: sql,
            ]
        )
        return after
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
            await outcome(of: intent, .unknown, detail: "\(error)")
            log.write(
                .warning,
                "what became of a raise is not known yet",
                [.id: intent.id, .statement: intent.statement ?? "", .error: "\(error)"]
            )
            throw error
        }
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
            ]
        )
        await outcome(of: intent, failure.outcomeIsUnknown ? .unknown : .failed, detail: failure.message)
    }
}

extension RaiseStatement {
    /// What a person can do about a server error on raising.
    static func advice(_ code: UInt32?) -> String {
        switch code {
        case 1227, 1142:
            "grant CONNECTION ADMIN (MariaDB) or SYSTEM_VARIABLES_ADMIN (MySQL), or set raise_with = \"never\""
        default: "raise it by hand, or set raise_with = \"never\""
        }
    }
}
