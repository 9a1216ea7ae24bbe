import AWSClient
package import Configuration
import HostCacheCore
package import Logging
import ServiceLifecycle
package import SystemdSupport

/// The whole daemon: a loop for each server and target group, the metrics file, and what systemd is told.
package struct DaemonService<Signals: AsyncSequence & Sendable>: Service where Signals.Failure == Never {
    private let configuration: DaemonConfiguration
    private let reloads: ReloadSource<Signals>
    private let makeTargetGroups: TargetGroupPort.Maker
    private let notifier: Notifier
    private let watchdog: Duration?
    private let keepsMetrics: Bool
    private let timekeeper: Timekeeper
    private let logger: Logger

    /// - Parameters:
    ///   - configuration: What to begin with.
    ///   - reloads: Where another one comes from.
    ///   - targetGroups: Makes the port to AWS; not used before a target group is configured.
    ///   - notifier: To systemd.
    ///   - watchdog: The longest that systemd waits for a sign of life; nil when it does not.
    ///   - keepsMetrics: Whether the metrics file stays at a stop: ``MetricsWriter/isSystemds(_:environment:)``.
    ///   - timekeeper: The process's clocks.
    ///   - logger: Where all loops write.
    package init(
        _ configuration: DaemonConfiguration,
        reloads: ReloadSource<Signals>,
        targetGroups: @escaping TargetGroupPort.Maker,
        notifier: Notifier,
        watchdog: Duration?,
        keepsMetrics: Bool,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.configuration = configuration
        self.reloads = reloads
        makeTargetGroups = targetGroups
        self.notifier = notifier
        self.watchdog = watchdog
        self.keepsMetrics = keepsMetrics
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// Runs until a graceful shutdown or cancellation.
    ///
    /// - Throws: ``StartFailure`` when the state directory cannot be used.
    package func run() async throws {
        let records = RecordKeeper(
            directory: configuration.stateDirectory,
            patience: RecordKeeper.usualPatience,
            timekeeper: timekeeper,
            logger: logger
        )
        let lock = StateLock(directory: configuration.stateDirectory)
        let mayAct = try await mayAct(records, lock)
        let board = StatusBoard(configuration, mayAct: mayAct, loadedAt: timekeeper.wall())
        for server in configuration.servers {
            // The metrics may be written before any loop runs: a counter at zero that then jumps to its old
            // value looks like a burst to whoever computes a rate.
            let counters = await records.counters(of: server.name)
            board.update(server.name) { $0.counters = counters }
        }
        let loops = LoopFactory(
            mayAct: mayAct,
            records: records,
            intervals: IntervalBoard(),
            board: board,
            targetGroups: TargetGroupPorts { [makeTargetGroups] aws in
                try makeTargetGroups(aws) { board.count(request: $0, failed: !$1) }
            },
            deadlines: LoopDeadlines(),
            loadBalancers: LoadBalancerBoard(),
            timekeeper: timekeeper,
            logger: logger
        )
        logger.notice(
            "hostcached started",
            metadata: [
                LogKey.version.rawValue: "\(BuildVersion.number)",
                LogKey.mode.rawValue: "\(configuration.mode.rawValue)",
                LogKey.server.rawValue: "\(configuration.servers.map(\.name).joined(separator: " "))",
            ]
        )
        var logs = NameLoop.Logs()
        // Before the first look, so that it judges with the load balancers known.
        await loops.nameLoop(configuration.loadBalancerNames).refresh(&logs)
        await cancelWhenGracefulShutdown { [logs] in
            await withTaskGroup { tasks in
                tasks.addTask { await run(loops, names: logs) }
                let metrics = MetricsWriter(
                    path: configuration.metricsFile,
                    isKeptAtStop: keepsMetrics,
                    board: board,
                    timekeeper: timekeeper,
                    logger: logger
                )
                tasks.addTask {
                    await metrics.makeFolder()
                    await metrics.run()
                }
                let reporter = SystemdReporter(notifier, board: board, timekeeper: timekeeper, logger: logger)
                tasks.addTask { await reporter.run() }
                if let watchdog {
                    let feeder = WatchdogFeeder(
                        notifier,
                        every: watchdog,
                        deadlines: loops.deadlines,
                        timekeeper: timekeeper,
                        logger: logger
                    )
                    tasks.addTask { await feeder.run() }
                }
                await tasks.waitForAll()
            }
        }
        await records.finish()
        logger.notice("hostcached stopped")
        lock.release()
    }

    /// Runs the loops of the configuration, and of each one that is read later.
    private func run(_ loops: LoopFactory, names logs: NameLoop.Logs) async {
        var reload = Reload(
            configuration,
            mayAct: loops.mayAct,
            load: reloads.load,
            counters: { await loops.records.counters(of: $0) },
            notifier: notifier,
            board: loops.board,
            timekeeper: timekeeper,
            logger: logger
        )
        let runner = LoopRunner { loops.loop(of: $0, names: logs) }
        let jobs = LoopJob.all(configuration, mayAct: loops.mayAct)
        await runner.run(jobs, reloads: reloads.signals) { await reload.next() }
    }

    private func mayAct(_ records: RecordKeeper, _ lock: StateLock) async throws -> Bool {
        guard case .mustObserve(let why) = try await records.load(after: lock.take) else { return true }
        logger.error(
            "the state cannot be used, everything is only observed",
            metadata: [
                LogKey.reason.rawValue: "\(why)",
                LogKey.advice.rawValue: "update hostcached, or move the file away and start again",
            ]
        )
        return false
    }
}

/// Why the daemon could not start.
package struct StartFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
