import Daemon
import FoundationEssentials
import TestSupport

/// A loop in a scripted world, with a manual clock and real records in a folder of their own.
protocol LoopBed: Sendable {
    var clock: ManualClock { get }
    var log: LogLines { get }
    var folder: TemporaryFolder { get }
    var records: RecordKeeper { get }
    /// Runs the loop until it is cancelled.
    func runLoop() async
}

extension LoopBed {
    /// Runs the loop until it sleeps for the first time, then `body`, then cancels it and waits for its end.
    ///
    /// The state in the folder is loaded before; what is logged about that is not kept.
    func run(_ body: () async throws -> Void = {}) async throws {
        _ = try await records.load()
        _ = log.taken()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await runLoop() }
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

    var auditEntries: [AuditEntry] {
        get throws {
            try (TextFile.read(folder.file("audit.jsonl")) ?? "").split(separator: "\n").map { line in
                try JSONDecoder().decode(AuditEntry.self, from: Data(line.utf8))
            }
        }
    }

    /// What `state.json` says; nil while there is none.
    var document: StateDocument? {
        get throws {
            let file = StateFile(path: folder.file("state.json"))
            guard case .document(let document) = try file.read(movingAside: nil) else { return nil }
            return document
        }
    }
}
