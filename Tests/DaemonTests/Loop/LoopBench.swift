import Daemon
import FoundationEssentials
import HostCacheCore
import TestSamples
import TestSupport

/// One loop on a scripted server, with a manual clock and real records in a folder of their own.
final class LoopBench: Sendable {
    let clock = ManualClock()
    let log = LogLines()
    let folder: TemporaryFolder
    let server: ScriptedServer
    let board: StatusBoard
    private let records: RecordKeeper
    private let loop: ServerLoop

    init(
        _ policy: Policy = .sample(),
        _ settings: ServerSettings = .sample(),
        _ rows: [HostCacheRow] = [],
        folder: TemporaryFolder? = nil,
        resolved: (@Sendable () -> (addresses: Set<String>, isComplete: Bool))? = nil
    ) throws {
        self.folder = try folder ?? TemporaryFolder("loop")
        server = ScriptedServer(settings, rows, clock: clock)
        board = StatusBoard([
            ServerStatus(
                name: "orders",
                isEnforcing: policy.isEnforcing,
                wantedLimit: policy.wantedLimit,
                loadBalancers: policy.loadBalancers.sorted()
            )
        ])
        let timekeeper = Timekeeper.manual(clock)
        records = RecordKeeper(directory: self.folder.path, timekeeper: timekeeper, logger: log.logger)
        var loop = ServerLoop(
            name: "orders",
            policy: policy,
            interval: { .seconds(30) },
            port: server.port,
            records: records,
            board: board,
            timekeeper: timekeeper,
            logger: log.logger
        )
        loop.resolved = resolved
        self.loop = loop
    }

    /// Runs the loop until it sleeps for the first time, then `body`, then cancels it and waits for its end.
    ///
    /// The state in the folder is loaded before; what is logged about that is not kept.
    func run(_ body: () async throws -> Void = {}) async throws {
        _ = await records.load()
        _ = log.taken()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.loop.run() }
            await clock.untilSleeping()
            try await body()
            group.cancelAll()
            try await group.waitForAll()
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

    var status: ServerStatus? { board.current.statuses.first }

    /// The audit in short, one line an entry: `intent flush blocked`, `outcome raise ok`.
    var audit: [String] {
        get throws {
            try auditEntries.map { entry in
                [entry.phase.rawValue, entry.action, entry.trigger, entry.result?.rawValue, entry.detail]
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

    /// What `state.json` says of the server, nil while there is none.
    var state: StateDocument.Server? {
        get throws {
            let file = StateFile(path: folder.file("state.json"))
            guard case .document(let document) = try file.read(movingAside: nil) else { return nil }
            return document.servers["orders"]
        }
    }
}
