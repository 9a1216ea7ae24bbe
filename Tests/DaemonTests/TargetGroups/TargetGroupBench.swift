import Daemon
import HostCacheCore
import TestSupport

/// One loop on a scripted target group, with a manual clock and real records in a folder of their own.
final class TargetGroupBench: LoopBed {
    let clock = ManualClock()
    let log = LogLines()
    let folder: TemporaryFolder
    let group: ScriptedTargetGroup
    let board: StatusBoard
    let intervals = IntervalBoard()
    let records: RecordKeeper
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
        records = RecordKeeper(
            directory: self.folder.path,
            patience: .seconds(60),
            timekeeper: timekeeper,
            logger: log.logger
        )
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

    func runLoop() async { await loop.run() }

    var status: TargetGroupStatus? { board.targetGroups.first }

    /// The interval that a server with this group counts with; 7 s are assumed when nothing is known.
    var intervalInForce: Duration {
        intervals.interval(
            of: [Self.arn],
            port: 3306,
            assumed: .seconds(7),
            awaitsReadings: false,
            at: clock.now.offset
        )
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

    /// What `state.json` says of the group, nil while there is none.
    var state: StateDocument.TargetGroup? {
        get throws { try document?.targetGroups?[Self.arn] }
    }
}
