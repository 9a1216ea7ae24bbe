import HostCacheCore
package import Logging
package import SystemdSupport

/// Tells systemd's watchdog that the daemon is alive, as long as no loop is stuck.
///
/// A loop that is stuck protects nothing and does not know it: then systemd is to restart the daemon, and the
/// log says before which loop it was.
package struct WatchdogFeeder: Sendable {
    private let notifier: Notifier
    private let interval: Duration
    private let deadlines: LoopDeadlines
    private let timekeeper: Timekeeper
    private let logger: Logger

    /// - Parameters:
    ///   - notifier: Where to.
    ///   - interval: The longest that systemd waits, above 0; it hears from us at half of it.
    ///   - deadlines: Of the loops that protect. The metrics file has none: the servers are protected without.
    ///   - timekeeper: The process's clocks.
    ///   - logger: Told which loop is stuck.
    package init(
        _ notifier: Notifier,
        every interval: Duration,
        deadlines: LoopDeadlines,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.notifier = notifier
        self.interval = interval
        self.deadlines = deadlines
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// How late a loop may be.
    package static let grace = Duration.seconds(30)

    /// Runs until cancelled.
    package func run() async {
        var expected = timekeeper.now()
        var stuck: Set<LoopJob.Subject> = []
        var isFailing = false
        while !Task.isCancelled {
            let now = timekeeper.now()
            // As late as we are, the whole process stood still, with the machine perhaps: nobody's fault.
            let late = max(.zero, now - expected)
            let overdue = deadlines.overdue(at: now - late, by: Self.grace)
            tell(overdue, &stuck)
            if overdue.isEmpty { feed(&isFailing) }
            expected = now + interval / 2
            // Cancellation ends the wait and then the loop.
            try? await timekeeper.sleep(interval / 2)
        }
    }

    /// Names the loops that are stuck, and those that go on again, once each.
    private func tell(_ overdue: [LoopJob.Subject: Duration], _ stuck: inout Set<LoopJob.Subject>) {
        for (loop, late) in overdue.sorted(by: { $0.key.description < $1.key.description })
        where !stuck.contains(loop) {
            logger.error(
                "a loop is stuck, systemd is going to restart hostcached",
                metadata: [loop.logKey.rawValue: "\(loop)", LogKey.overdue.rawValue: "\(late.phrase)"]
            )
        }
        for loop in stuck.subtracting(overdue.keys).sorted(by: { $0.description < $1.description }) {
            logger.notice("a loop goes on again", metadata: [loop.logKey.rawValue: "\(loop)"])
        }
        stuck = Set(overdue.keys)
    }

    private func feed(_ isFailing: inout Bool) {
        do {
            try notifier.send(.watchdog)
            isFailing = false
        } catch {
            if !isFailing {
                logger.warning(
                    "systemd's watchdog could not be told",
                    metadata: [LogKey.error.rawValue: "\(error)"]
                )
            }
            isFailing = true
        }
    }
}
