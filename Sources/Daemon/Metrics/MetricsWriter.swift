package import Logging
import PrometheusText

/// Keeps the metrics file up to date.
///
/// Rewritten within a second of a change, at most once a second, and every 60 s at least; a write that takes
/// longer than 100 ms is not repeated before ten times that.
package struct MetricsWriter: Sendable {
    private let path: String
    private let board: StatusBoard
    private let timekeeper: Timekeeper
    private let logger: Logger
    private let disk = BlockingQueue(label: "hostcached.metrics")

    package init(path: String, board: StatusBoard, timekeeper: Timekeeper, logger: Logger) {
        self.path = path
        self.board = board
        self.timekeeper = timekeeper
        self.logger = logger
    }

    private static let shortestGap = Duration.seconds(1)
    private static let longestGap = Duration.seconds(60)
    private static let slowWrite = Duration.milliseconds(100)

    /// Writes until cancelled, then removes the file: a stopped daemon must not show green.
    package func run() async {
        var written: (revision: UInt64, at: Duration)?
        var isFailing = false
        while !Task.isCancelled {
            let now = timekeeper.now()
            let current = board.current
            var gap = Self.shortestGap
            let isDue =
                written.map { $0.revision != current.revision || now - $0.at >= Self.longestGap } ?? true
            if isDue {
                let failure = await write(current.statuses)
                report(failure, &isFailing)
                written = failure == nil ? (current.revision, now) : nil
                let took = timekeeper.now() - now
                if took > Self.slowWrite { gap = max(gap, took * 10) }
            }
            // Cancellation ends the wait and then the loop.
            try? await timekeeper.sleep(gap)
        }
        await remove()
    }

    private func write(_ statuses: [ServerStatus]) async -> String? {
        let page = MetricsPage(
            statuses,
            targetGroups: board.targetGroups,
            configuration: board.configuration,
            requests: board.requests,
            now: timekeeper.wall()
        )
        return await disk.run { [path] in
            do {
                try AtomicFile.write([UInt8](page.families().render().utf8), to: path, mode: 0o644)
                return nil
            } catch {
                return "\(error)"
            }
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
