import Daemon
import HostCacheCore
import TestSamples
import TestSupport

/// One loop on a scripted server, with a manual clock and real records in a folder of their own.
final class LoopBench: LoopBed {
    let clock = ManualClock()
    let log = LogLines()
    let folder: TemporaryFolder
    let server: ScriptedServer
    let board: StatusBoard
    let records: RecordKeeper
    private let loop: ServerLoop

    init(
        _ policy: Policy = .sample(),
        _ settings: ServerSettings = .sample(),
        _ rows: [HostCacheRow] = [],
        folder: TemporaryFolder? = nil,
        resolved: (@Sendable () -> (addresses: Set<String>, isComplete: Bool))? = nil,
        awaitsInterval: (@Sendable () -> Bool)? = nil,
        hasLeft: (@Sendable (_ peer: String) -> Bool)? = nil
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
        records = RecordKeeper(
            directory: self.folder.path,
            patience: .seconds(60),
            timekeeper: timekeeper,
            logger: log.logger
        )
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
        loop.awaitsInterval = awaitsInterval
        loop.hasLeft = hasLeft
        self.loop = loop
    }

    func runLoop() async { await loop.run() }

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

    /// What `state.json` says of the server, nil while there is none.
    var state: StateDocument.Server? {
        get throws { try document?.servers["orders"] }
    }
}
