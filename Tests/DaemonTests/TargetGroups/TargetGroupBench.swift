import Daemon
import FoundationEssentials
import HostCacheCore
import TestSupport

/// One loop on a scripted target group, with a manual clock and real records in a folder of their own.
final class TargetGroupBench: Sendable {
    let clock = ManualClock()
    let log = LogLines()
    let folder: TemporaryFolder
    let group: ScriptedTargetGroup
    let board: StatusBoard
    let intervals = IntervalBoard()
    private let records: RecordKeeper
    private let loop: TargetGroupLoop

    static let arn = TargetGroupEvidence.sampleARN

    init(
        _ policy: IntervalPolicy = .sample(),
        _ group: TargetGroupEvidence = .sample(),
        folder: TemporaryFolder? = nil,
        startingAt start: Duration = .zero
    ) throws {
        clock.advance(by: start)
        self.folder = try folder ?? TemporaryFolder("group")
        self.group = ScriptedTargetGroup(group)
        board = StatusBoard([], targetGroups: [TargetGroupStatus(arn: Self.arn, wanted: policy.wanted)])
        let timekeeper = Timekeeper.manual(clock)
        records = RecordKeeper(directory: self.folder.path, timekeeper: timekeeper, logger: log.logger)
        loop = TargetGroupLoop(
            arn: Self.arn,
            policy: policy,
            port: self.group.port,
            records: records,
            intervals: intervals,
            board: board,
            timekeeper: timekeeper,
            logger: log.logger
        )
    }

    /// Runs the loop until it sleeps for the first time, then `body`, then cancels it and waits for its end.
    ///
    /// The state in the folder is loaded before; what is logged about that is not kept.
    func run(_ body: () async throws -> Void = {}) async throws {
        _ = await records.load()
        _ = log.taken()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await self.loop.run() }
            await clock.untilSleeping()
            try await body()
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }

    /// How long the loop sleeps now.
    var sleep: Duration { clock.remainingSleeps.first ?? .zero }

    /// Lets the loop sleep to its end and take its next turn.
    func turn() async {
        clock.advance(by: sleep)
        await clock.untilSleeping()
    }

    /// Takes turn after turn until that moment; ends at a sleep that goes beyond it.
    func turns(until end: Duration) async {
        while clock.now.offset + sleep <= end { await turn() }
    }

    var status: TargetGroupStatus? { board.targetGroups.first }

    /// The interval that a server with this group counts with; 7 s are assumed when nothing is known.
    var intervalInForce: Duration {
        intervals.interval(of: [Self.arn], port: 3306, assumed: .seconds(7), at: clock.now.offset)
    }

    /// The audit in short, one line an entry: `intent 30 -> 300`, `held 30 -> 300 managed`.
    var audit: [String] {
        get throws {
            try auditEntries.map { entry in
                let before = entry.intervalBeforeSeconds.map(String.init) ?? "?"
                let after = entry.intervalAfterSeconds.map(String.init) ?? "?"
                return [entry.phase.rawValue, "\(before) -> \(after)", entry.result?.rawValue, entry.detail]
                    .compactMap(\.self).joined(separator: " ")
            }
        }
    }

    var auditEntries: [AuditEntry] {
        get throws {
            try (TextFile.read(folder.file("audit.jsonl")) ?? "").split(separator: "\n").map { line in
                try JSONDecoder().decode(AuditEntry.self, from: Data(line.utf8))
            }
        }
    }

    /// What `state.json` says of the group, nil while there is none.
    var state: StateDocument.TargetGroup? {
        get throws {
            let file = StateFile(path: folder.file("state.json"))
            guard case .document(let document) = try file.read(movingAside: nil) else { return nil }
            return document.targetGroups?[Self.arn]
        }
    }
}
