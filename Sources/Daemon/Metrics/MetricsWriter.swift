package import Logging
import PrometheusText

/// Keeps the metrics file up to date.
///
/// Rewritten within a second of a change, at most once a second, and every 60 s at least; a write that takes
/// longer than 100 ms is not repeated before ten times that. A disk that does not answer for 10 s is as one that
/// refuses, and nothing more is handed to it meanwhile.
package struct MetricsWriter: Sendable {
    private let path: String
    private let board: StatusBoard
    private let timekeeper: Timekeeper
    private let logger: Logger
    private let isKeptAtStop: Bool
    private let disk: PatientQueue

    /// - Parameters:
    ///   - path: The file.
    ///   - isKeptAtStop: Whether the end of the daemon leaves it where it is.
    ///   - board: What is written.
    ///   - timekeeper: The process's clocks.
    ///   - patience: How long the disk may take for a write, in real time.
    ///   - logger: Told when the file cannot be written.
    package init(
        path: String,
        isKeptAtStop: Bool,
        board: StatusBoard,
        timekeeper: Timekeeper,
        patience: Duration = .seconds(10),
        logger: Logger
    ) {
        self.path = path
        self.isKeptAtStop = isKeptAtStop
        disk = PatientQueue(label: "hostcached.metrics", patience: patience)
        self.board = board
        self.timekeeper = timekeeper
        self.logger = logger
    }

    private static let shortestGap = Duration.seconds(1)
    private static let longestGap = Duration.seconds(60)
    private static let slowWrite = Duration.milliseconds(100)

    /// Whether systemd removes the file itself: at a stop of the unit, and not at a restart.
    ///
    /// It does so with the folders of `RuntimeDirectory=`, which it names in `$RUNTIME_DIRECTORY`, separated by
    /// colons; `RuntimeDirectoryPreserve=restart` keeps them over a restart (systemd.exec(5)). The daemon cannot
    /// tell one from the other: both begin with SIGTERM.
    package static func isSystemds(_ path: String, environment: [String: String]) -> Bool {
        (environment["RUNTIME_DIRECTORY"] ?? "").split(separator: ":").contains { path.hasPrefix("\($0)/") }
    }

    /// Makes the file's folder where it is missing.
    ///
    /// Where it cannot be made, the first write says so.
    package func makeFolder() async {
        await disk.run { [path] in
            try? Folder.make(String(Folder.split(path).folder.dropLast()), mode: 0o755)
        }
    }

    /// Writes until cancelled, then removes the file, unless it is kept: a stopped daemon must not show green.
    package func run() async {
        var written: (revision: UInt64, at: Duration)?
        var isFailing = false
        while !Task.isCancelled {
            let now = timekeeper.now()
            let current = board.current
            var gap = Self.shortestGap
            let isDue =
                written.map { $0.revision != current.revision || now - $0.at >= Self.longestGap } ?? true
            if isDue, !disk.isHanging {
                let failure = await write(current.statuses)
                report(failure, &isFailing)
                written = failure == nil ? (current.revision, now) : nil
                let took = timekeeper.now() - now
                if took > Self.slowWrite, !disk.isHanging { gap = max(gap, took * 10) }
            }
            // Cancellation ends the wait and then the loop.
            try? await timekeeper.sleep(gap)
        }
        if !isKeptAtStop { await remove() }
    }

    private func write(_ statuses: [ServerStatus]) async -> String? {
        let page = MetricsPage(
            statuses,
            targetGroups: board.targetGroups,
            configuration: board.configuration,
            requests: board.requests,
            now: timekeeper.wall()
        )
        let result = await disk.run { [path] in
            Result { try AtomicFile.write([UInt8](page.families().render().utf8), to: path, mode: 0o644) }
        }
        do {
            guard let result else { throw NoAnswer(patience: disk.patience) }
            try result.get()
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func remove() async {
        await disk.run { [path] in
            // It may never have been written; there is nobody left to tell.
            try? File.remove(path)
        }
    }

    private func report(_ failure: String?, _ isFailing: inout Bool) {
        if let failure, !isFailing {
            logger.error(
                "metrics file cannot be written, servers are protected all the same",
                metadata: [LogKey.path.rawValue: "\(path)", LogKey.error.rawValue: "\(failure)"]
            )
        } else if failure == nil, isFailing {
            logger.notice(
                "metrics file can be written again",
                metadata: [LogKey.path.rawValue: "\(path)"]
            )
        }
        isFailing = failure != nil
    }
}
