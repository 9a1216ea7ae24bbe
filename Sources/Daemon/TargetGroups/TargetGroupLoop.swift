package import HostCacheCore
package import Logging

/// Looks at one target group and keeps its health-check interval, until it is cancelled.
///
/// Independent of the servers: it goes on while they are down, and they are protected while AWS is.
package struct TargetGroupLoop: Sendable {
    private let arn: String
    private let configured: IntervalPolicy
    private let port: TargetGroupPort
    private let records: RecordKeeper
    private let intervals: IntervalBoard
    private let board: StatusBoard
    private let timekeeper: Timekeeper
    private let logger: Logger

    package init(
        arn: String,
        policy: IntervalPolicy,
        port: TargetGroupPort,
        records: RecordKeeper,
        intervals: IntervalBoard,
        board: StatusBoard,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.arn = arn
        configured = policy
        self.port = port
        self.records = records
        self.intervals = intervals
        self.board = board
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// From one look to the next: far below the rate AWS allows, soon enough for a person who watches.
    package static let pause = Duration.seconds(60)
    private static let longestBackoff = Duration.seconds(300)
    /// How old a look may be when a change that rests on it is sent: writing the audit may take its time, and a
    /// process may be frozen, while somebody sets a longer interval.
    package static let freshness = Duration.seconds(10)

    private struct Turn {
        var memory: IntervalMemory
        var log: ServerLog
        var backoff = Backoff(shortest: .seconds(5), longest: TargetGroupLoop.longestBackoff)
        var random = SystemRandomNumberGenerator()
        /// How many reloads are known; a loop that begins after one takes the latches off too.
        var reloads: UInt64 = 0
    }

    /// What is wanted, with the ports that servers behind a socket have told.
    private var policy: IntervalPolicy { configured.knowing { [board] in board.status(of: $0)?.port } }

    /// Runs until cancelled; never throws.
    package func run() async {
        var turn = Turn(
            memory: await records.intervalMemory(of: arn) ?? IntervalMemory(),
            log: ServerLog(logger, .targetGroup, arn)
        )
        while !Task.isCancelled {
            do {
                try await step(&turn)
                turn.backoff.reset()
                try await timekeeper.sleep(Self.pause)
            } catch {
                guard !Task.isCancelled else { return }
                await holdOff(after: error, &turn)
            }
        }
    }

    /// One turn: look, judge, change, read back.
    private func step(_ turn: inout Turn) async throws {
        let begin = timekeeper.now()
        let group = try await look()
        turn.log.tell(
            "group",
            "read",
            .notice,
            "target group is read",
            [.interval: group.healthCheck.interval.phrase, .wanted: policy.wanted.phrase]
        )
        if turn.reloads != board.configuration.reloads {
            turn.reloads = board.configuration.reloads
            turn.memory.unlatch()
        }
        let verdict = turn.memory.verdict(group, policy: policy, at: timekeeper.now())
        show(group, verdict)
        switch verdict {
        case .notNeeded: turn.log.know("held", nil)
        case .held(let held): await tell(held, group, &turn)
        case .change(let change): try await make(change, group, lookedAt: begin, &turn)
        }
    }

    private func look() async throws -> TargetGroupEvidence {
        let group = try await port.describe(arn)
        intervals.write(group, at: timekeeper.now())
        return group
    }

    private func show(_ group: TargetGroupEvidence, _ verdict: IntervalMemory.Verdict) {
        board.update(targetGroup: arn) { status in
            status.interval = group.healthCheck.interval
            status.held = if case .held(let held) = verdict { held.reason } else { nil }
        }
    }

    /// Makes a change and reads it back in a look of its own.
    private func make(
        _ change: IntervalChange,
        _ group: TargetGroupEvidence,
        lookedAt: Duration,
        _ turn: inout Turn
    ) async throws {
        let intent = entry(.intent, group)
        await records.append(intent)
        guard try await stillWanted(change, lookedAt: lookedAt, intent, &turn) else { return }
        var isAccepted = false
        do {
            let answered = try await port.modify(arn, change)
            isAccepted = true
            var after = try await look()
            // A look soon after a change may still show the group of before, so what AWS answered counts too.
            let isTaken = [after.healthCheck.interval, answered].contains(change.interval)
            if isTaken { after.healthCheck = change.applied(to: group.healthCheck) }
            if isTaken {
                turn.memory.succeed(group.healthCheck, to: change.interval, at: timekeeper.now())
            } else {
                turn.memory.fail(at: timekeeper.now())
            }
            await records.save(turn.memory, ofTargetGroup: arn)
            await outcome(of: intent, isTaken ? .ok : .failed, after: after.healthCheck.interval, detail: nil)
            show(after, turn.memory.verdict(after, policy: policy, at: timekeeper.now()))
            turn.log.write(
                isTaken ? .notice : .error,
                isTaken ? "health-check interval set" : "health-check interval was not taken as wanted",
                Self.values(intent, group.healthCheck, after.healthCheck)
            )
        } catch {
            // Once the change is accepted, a failed look says nothing about it.
            let failure = error as? TargetGroupFailure
            let isUnknown = isAccepted || failure?.outcomeIsUnknown ?? true
            turn.memory.fail(at: timekeeper.now(), isRefusal: failure?.needsPerson == true)
            if isUnknown { turn.memory.keepOriginal(group.healthCheck) }
            await records.save(turn.memory, ofTargetGroup: arn)
            await outcome(of: intent, isUnknown ? .unknown : .failed, after: nil, detail: "\(error)")
            guard !Task.isCancelled else { throw error }
            let retryIn = (turn.memory.retryAt ?? timekeeper.now()) - timekeeper.now()
            turn.log.write(
                failure?.needsPerson == true ? .error : .warning,
                isAccepted
                    ? "health-check interval cannot be read back"
                    : "health-check interval cannot be set, servers are protected all the same",
                [.id: intent.id, .error: "\(error)", .retryIn: retryIn.phrase]
            )
            if isAccepted { throw error }
        }
    }

    /// Looks again where the look is old by now; whether the same change is still what to do.
    private func stillWanted(
        _ change: IntervalChange,
        lookedAt: Duration,
        _ intent: AuditEntry,
        _ turn: inout Turn
    ) async throws -> Bool {
        guard timekeeper.now() - lookedAt > Self.freshness else { return true }
        do {
            let group = try await look()
            let verdict = turn.memory.verdict(group, policy: policy, at: timekeeper.now())
            if verdict == .change(change) { return true }
            show(group, verdict)
            let detail = "not sent: the group is another by now"
            await outcome(of: intent, .failed, after: group.healthCheck.interval, detail: detail)
            return false
        } catch {
            await outcome(of: intent, .failed, after: nil, detail: "not sent: \(error)")
            throw error
        }
    }

    private static func values(
        _ intent: AuditEntry,
        _ before: TargetGroupEvidence.HealthCheck,
        _ after: TargetGroupEvidence.HealthCheck
    ) -> KeyValuePairs<LogKey, String> {
        [
            .id: intent.id, .before: before.interval.phrase, .interval: after.interval.phrase,
            .detection: "\(before.detectionTime.phrase) -> \(after.detectionTime.phrase)",
            .newTarget: "\(before.newTargetTime.phrase) -> \(after.newTargetTime.phrase)",
        ]
    }

    /// Tells why a short interval is left alone, once, in the log and in the audit.
    private func tell(_ held: IntervalMemory.Held, _ group: TargetGroupEvidence, _ turn: inout Turn) async {
        guard turn.log.knows("held") != held.reason else { return }
        var line = entry(.held, group)
        line.detail = held.reason
        await records.append(line)
        // A latch ends the count of corrections: the next start begins anew.
        if held == .latched { await records.save(turn.memory, ofTargetGroup: arn) }
        turn.log.tell(
            "held",
            held.reason,
            held == .latched ? .error : .notice,
            "the health-check interval is left alone",
            [
                .interval: group.healthCheck.interval.phrase, .wanted: policy.wanted.phrase,
                .reason: held.sentence,
            ]
        )
    }

    private func holdOff(after error: any Error, _ turn: inout Turn) async {
        let failure = error as? TargetGroupFailure
        board.update(targetGroup: arn) { status in
            status.interval = nil
            status.held = nil
        }
        let wait = turn.backoff.next(using: &turn.random)
        turn.log.tell(
            "group",
            "failed",
            failure?.needsPerson == true ? .error : .warning,
            "target group cannot be read, servers are protected all the same",
            [.error: "\(error)", .retryIn: wait.phrase]
        )
        // Cancellation ends the wait; the loop sees it.
        try? await timekeeper.sleep(wait)
    }

    private func entry(_ phase: AuditEntry.Phase, _ group: TargetGroupEvidence) -> AuditEntry {
        let time = WallClock.text(timekeeper.wall())
        var entry = AuditEntry(
            phase,
            id: records.newID(at: time),
            targetGroup: arn,
            action: "interval",
            time: time
        )
        entry.intervalBeforeSeconds = group.healthCheck.interval.wholeSeconds
        entry.intervalAfterSeconds = policy.wanted.wholeSeconds
        return entry
    }

    private func outcome(
        of intent: AuditEntry,
        _ result: AuditEntry.Result,
        after: Duration?,
        detail: String?
    ) async {
        var entry = intent
        entry.phase = .outcome
        entry.time = WallClock.text(timekeeper.wall())
        entry.intervalAfterSeconds = after?.wholeSeconds
        entry.result = result
        entry.detail = detail
        await records.append(entry)
    }
}
