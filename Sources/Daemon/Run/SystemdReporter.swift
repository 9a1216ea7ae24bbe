package import Logging
package import SystemdSupport

/// Tells systemd that the daemon is ready, how it is doing, and that it stops.
package struct SystemdReporter: Sendable {
    private let notifier: Notifier
    private let board: StatusBoard
    private let timekeeper: Timekeeper
    private let logger: Logger

    package init(_ notifier: Notifier, board: StatusBoard, timekeeper: Timekeeper, logger: Logger) {
        self.notifier = notifier
        self.board = board
        self.timekeeper = timekeeper
        self.logger = logger
    }

    private static let whileStarting = Duration.milliseconds(100)
    private static let onceReady = Duration.seconds(1)
    /// Well below the 90 s that systemd waits (systemd-system.conf(5), `DefaultTimeoutStartSec=`).
    private static let longestStart = Duration.seconds(30)

    /// Runs until cancelled.
    ///
    /// Ready means that every server was looked at once, with or without success, or that half a minute has
    /// passed: neither a database that is down nor a slow one must fail the start of all.
    package func run() async {
        let latest = timekeeper.now() + Self.longestStart
        var line: String?
        var isFailing = false
        while !Task.isCancelled {
            let statuses = board.current.statuses
            var isReady = board.configuration.isReady
            let current = StatusLine(statuses, refusedProblems: board.configuration.refusedProblems)
                .description
            // What systemd did not take is sent again: without READY it would stop the daemon.
            if !isReady, statuses.allSatisfy(\.wasTried) || timekeeper.now() >= latest {
                isReady = send([.ready, .status(current)], &isFailing)
                if isReady { board.update { $0.isReady = true } }
                line = isReady ? current : nil
            } else if isReady, current != line {
                line = send([.status(current)], &isFailing) ? current : nil
            }
            // Cancellation ends the wait and then the loop.
            try? await timekeeper.sleep(isReady ? Self.onceReady : Self.whileStarting)
        }
        _ = send([.stopping, .status("stopping")], &isFailing)
    }

    /// Whether it was sent; a failure is told once, until one succeeds.
    private func send(_ messages: [Notifier.Message], _ isFailing: inout Bool) -> Bool {
        do {
            try notifier.send(messages)
            isFailing = false
            return true
        } catch {
            if !isFailing {
                logger.warning("systemd could not be told", metadata: [LogKey.error.rawValue: "\(error)"])
            }
            isFailing = true
            return false
        }
    }
}
