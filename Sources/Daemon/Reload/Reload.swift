package import Configuration
package import HostCacheCore
package import Logging
package import SystemdSupport

/// Reads the configuration again and takes it, or keeps the old one when anything is wrong with the new.
package struct Reload: Sendable {
    private var current: DaemonConfiguration
    private let mayAct: Bool
    private let load: @Sendable () throws(ConfigurationError) -> DaemonConfiguration
    private let counters: @Sendable (_ server: String) async -> Counters
    private let notifier: Notifier
    private let board: StatusBoard
    private let timekeeper: Timekeeper
    private let logger: Logger
    private let disk = BlockingQueue(label: "hostcached.configuration")

    /// - Parameters:
    ///   - current: The configuration that runs.
    ///   - mayAct: Whether anything may be changed at all.
    ///   - load: Reads and checks the files; blocks, and is called where that harms nobody.
    ///   - counters: What was counted of a server before, perhaps long ago.
    ///   - notifier: Told of the reload.
    ///   - board: Shows the configuration that runs, and what it runs for.
    ///   - timekeeper: The process's clocks.
    ///   - logger: Told what changes.
    package init(
        _ current: DaemonConfiguration,
        mayAct: Bool,
        load: @escaping @Sendable () throws(ConfigurationError) -> DaemonConfiguration,
        counters: @escaping @Sendable (_ server: String) async -> Counters,
        notifier: Notifier,
        board: StatusBoard,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.current = current
        self.mayAct = mayAct
        self.load = load
        self.counters = counters
        self.notifier = notifier
        self.board = board
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// The jobs from here on; nil when the old configuration stays.
    package mutating func next() async -> [LoopJob]? {
        // Before the daemon is ready, READY would say too much; SystemdReporter says it in time.
        let isReady = board.configuration.isReady
        if isReady { tell(.reloading(monotonicMicroseconds: MonotonicTime.microseconds())) }
        let jobs = await take(await disk.run { [load] in Self.result(load) })
        if isReady { tell(.ready) }
        return jobs
    }

    private static func result(
        _ load: () throws(ConfigurationError) -> DaemonConfiguration
    ) -> Result<DaemonConfiguration, ConfigurationError> {
        do throws(ConfigurationError) {
            return .success(try load())
        } catch {
            return .failure(error)
        }
    }

    private mutating func take(
        _ read: Result<DaemonConfiguration, ConfigurationError>
    ) async -> [LoopJob]? {
        switch read {
        case .failure(let error):
            refuse(error)
            return nil
        case .success(let new):
            return await take(new)
        }
    }

    private func refuse(_ error: ConfigurationError) {
        board.refuseConfiguration(problems: error.problems.count)
        logger.error(
            "configuration cannot be reloaded, the old one stays",
            metadata: [
                LogKey.error.rawValue:
                    "\(error.problems.map(\.description).joined(separator: "; "))",
                LogKey.advice.rawValue: "correct it, check with hostcached config check, and reload again",
            ]
        )
    }

    private mutating func take(_ new: DaemonConfiguration) async -> [LoopJob] {
        let change = Reconfiguration(from: current, to: new)
        let jobs = LoopJob.all(change.taken, mayAct: mayAct)
        let loops = LoopChange(from: LoopJob.all(current, mayAct: mayAct), to: jobs)
        for key in change.needsRestart {
            logger.warning(
                "a changed key takes effect at the next start only",
                metadata: [
                    LogKey.key.rawValue: "\(key)", LogKey.advice.rawValue: "restart hostcached",
                ]
            )
        }
        var before: [String: Counters] = [:]
        for case .server(let name) in loops.added.map(\.subject) { before[name] = await counters(name) }
        board.show(
            change.taken,
            since: current,
            counters: before,
            mayAct: mayAct,
            loadedAt: timekeeper.wall()
        )
        current = change.taken
        let names = { (subjects: [LoopJob.Subject]) in
            Logger.MetadataValue.string(subjects.map(\.description).joined(separator: " "))
        }
        logger.notice(
            "configuration reloaded",
            metadata: [
                LogKey.mode.rawValue: "\(current.mode.rawValue)",
                LogKey.added.rawValue: names(loops.added.map(\.subject)),
                LogKey.changed.rawValue: names(loops.changed.map(\.subject)),
                LogKey.removed.rawValue: names(loops.removed),
            ]
        )
        return jobs
    }

    private func tell(_ message: Notifier.Message) {
        do {
            try notifier.send(message)
        } catch {
            logger.warning("systemd could not be told", metadata: [LogKey.error.rawValue: "\(error)"])
        }
    }
}
