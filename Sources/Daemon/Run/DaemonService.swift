import AWSClient
package import Configuration
import Glibc
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
    private let timekeeper: Timekeeper
    private let logger: Logger

    /// - Parameters:
    ///   - configuration: What to begin with.
    ///   - reloads: Where another one comes from.
    ///   - targetGroups: Makes the port to AWS; not used before a target group is configured.
    ///   - notifier: To systemd.
    ///   - watchdog: The longest that systemd waits for a sign of life; nil when it does not.
    ///   - timekeeper: The process's clocks.
    ///   - logger: Where all loops write.
    package init(
        _ configuration: DaemonConfiguration,
        reloads: ReloadSource<Signals>,
        targetGroups: @escaping TargetGroupPort.Maker,
        notifier: Notifier,
        watchdog: Duration?,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.configuration = configuration
        self.reloads = reloads
        makeTargetGroups = targetGroups
        self.notifier = notifier
        self.watchdog = watchdog
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// Runs until a graceful shutdown or cancellation.
    ///
    /// - Throws: ``StartFailure`` when the state directory cannot be used.
    package func run() async throws {
        let lock = try holdStateDirectory()
        let records = RecordKeeper(
            directory: configuration.stateDirectory,
            timekeeper: timekeeper,
            logger: logger
        )
        let mayAct = await mayAct(records)
        let board = StatusBoard(configuration, mayAct: mayAct, loadedAt: timekeeper.wall())
        for server in configuration.servers {
            // The metrics may be written before any loop runs: a counter at zero that then jumps to its old
            // value looks like a burst to whoever computes a rate.
            let counters = await records.counters(of: server.name)
            board.update(server.name) { $0.counters = counters }
        }
        let shared = Shared(
            mayAct: mayAct,
            records: records,
            intervals: IntervalBoard(),
            board: board,
            targetGroups: TargetGroupPorts { [makeTargetGroups] aws in
                try makeTargetGroups(aws) { board.count(request: $0, failed: !$1) }
            },
            deadlines: LoopDeadlines(),
            names: LoadBalancerBoard()
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
        await nameLoop(configuration.loadBalancerNames, shared).refresh(&logs)
        await cancelWhenGracefulShutdown { [logs] in
            await withTaskGroup { tasks in
                tasks.addTask { await runLoops(shared, names: logs) }
                let metrics = MetricsWriter(
                    path: configuration.metricsFile,
                    board: board,
                    timekeeper: timekeeper,
                    logger: logger
                )
                tasks.addTask { await metrics.run() }
                let reporter = SystemdReporter(notifier, board: board, timekeeper: timekeeper, logger: logger)
                tasks.addTask { await reporter.run() }
                if let watchdog {
                    let feeder = WatchdogFeeder(
                        notifier,
                        every: watchdog,
                        deadlines: shared.deadlines,
                        timekeeper: timekeeper,
                        logger: logger
                    )
                    tasks.addTask { await feeder.run() }
                }
                await tasks.waitForAll()
            }
        }
        logger.notice("hostcached stopped")
        lock.release()
    }

    /// What all loops of one run share.
    private struct Shared: Sendable {
        var mayAct: Bool
        var records: RecordKeeper
        var intervals: IntervalBoard
        var board: StatusBoard
        var targetGroups: TargetGroupPorts
        var deadlines: LoopDeadlines
        var names: LoadBalancerBoard
    }

    /// Runs the loops of the configuration, and of each one that is read later.
    ///
    /// - Parameters:
    ///   - shared: What they share.
    ///   - logs: What the log says of the names of load balancers.
    private func runLoops(_ shared: Shared, names logs: NameLoop.Logs) async {
        var reload = Reload(
            configuration,
            mayAct: shared.mayAct,
            load: reloads.load,
            counters: { await shared.records.counters(of: $0) },
            notifier: notifier,
            board: shared.board,
            timekeeper: timekeeper,
            logger: logger
        )
        let runner = LoopRunner { job in
            switch job {
            case .server(let server): loops(server, shared)
            case .targetGroup(let arn, let policy, let aws): targetGroupLoop(arn, policy, aws, shared)
            case .names(let names): nameLoop(names, logs, shared)
            }
        }
        let jobs = LoopJob.all(configuration, mayAct: shared.mayAct)
        await runner.run(jobs, reloads: reloads.signals) { await reload.next() }
    }

    private func holdStateDirectory() throws -> FileLock {
        do {
            try Folder.make(configuration.stateDirectory, mode: 0o700)
            try Folder.make(String(Folder.split(configuration.metricsFile).folder.dropLast()), mode: 0o755)
            return try FileLock.acquire(configuration.stateDirectory + "/lock", processID: getpid())
        } catch {
            throw StartFailure("\(error)")
        }
    }

    private func mayAct(_ records: RecordKeeper) async -> Bool {
        guard case .mustObserve(let why) = await records.load() else { return true }
        logger.error(
            "the state cannot be used, everything is only observed",
            metadata: [
                LogKey.reason.rawValue: "\(why)",
                LogKey.advice.rawValue: "update hostcached, or move the file away and start again",
            ]
        )
        return false
    }

    /// The loop of a server, and beside it that of its keep-alive logins.
    ///
    /// Both log in with the server's account, and hold back together after a refusal.
    private func loops(
        _ server: DaemonConfiguration.Server,
        _ shared: Shared
    ) -> @Sendable () async -> Void {
        let logins = PacedLogins(passwordFile: server.passwordFile, timekeeper: timekeeper)
        let main = serverLoop(server, logins, shared)
        guard let keepAlive = keepAliveLoop(server, logins, shared) else { return main }
        return {
            await withTaskGroup { tasks in
                tasks.addTask { await main() }
                tasks.addTask { await keepAlive() }
            }
        }
    }

    private func serverLoop(
        _ server: DaemonConfiguration.Server,
        _ logins: PacedLogins,
        _ shared: Shared
    ) -> @Sendable () async -> Void {
        if let endpoint = server.address.rdsEndpoint {
            logger.warning(
                "host does not lead to one server for good",
                metadata: [
                    LogKey.server.rawValue: "\(server.name)",
                    LogKey.endpoint.rawValue: "\(endpoint.name)",
                    LogKey.reason.rawValue: "\(endpoint.reason)",
                    LogKey.advice.rawValue: "\(endpoint.remedy)",
                ]
            )
        }
        var policy = Policy(server)
        policy.isEnforcing = policy.isEnforcing && shared.mayAct
        let watch = LoopWatch(
            shared.deadlines,
            .server(server.name),
            bound: server.queryTimeout,
            timekeeper: timekeeper
        )
        let timekeeper = timekeeper.watched(by: watch)
        let port = ServerPort.mariaDB(
            server,
            logins: logins,
            idleLimit: policy.idleLimit,
            timekeeper: timekeeper
        )
        var loop = ServerLoop(
            name: server.name,
            policy: policy,
            interval: {
                shared.intervals.interval(
                    of: server.targetGroups,
                    port: server.watchedPort,
                    assumed: server.assumedHealthCheckInterval,
                    at: timekeeper.now()
                )
            },
            port: port.watched(by: watch, connect: server.connectTimeout, statement: server.queryTimeout),
            records: shared.records,
            board: shared.board,
            timekeeper: timekeeper,
            logger: logger
        )
        if !server.loadBalancerNames.isEmpty {
            loop.resolved = { shared.names.addresses(of: server.loadBalancerNames) }
        }
        return { [loop] in await watch.run { await loop.run() } }
    }

    /// Nil where there is nothing to log in through, and where nothing may be done.
    private func keepAliveLoop(
        _ server: DaemonConfiguration.Server,
        _ logins: PacedLogins,
        _ shared: Shared
    ) -> (@Sendable () async -> Void)? {
        guard let keepAlive = server.keepAlive, server.mode == .enforce, shared.mayAct else { return nil }
        let watch = LoopWatch(
            shared.deadlines,
            .keepAlive(server.name),
            bound: keepAlive.longestRound(server),
            timekeeper: timekeeper
        )
        let timekeeper = timekeeper.watched(by: watch)
        let loop = KeepAliveLoop(
            server: server.name,
            via: keepAlive.via,
            window: { [board = shared.board] in board.status(of: server.name)?.look?.window },
            // The default of every server.
            assumedWindow: server.assumedWindow(limit: 100),
            port: .mariaDB(keepAlive, of: server, logins: logins, timekeeper: timekeeper),
            records: shared.records,
            board: shared.board,
            timekeeper: timekeeper,
            logger: logger
        )
        return { await watch.run { await loop.run() } }
    }

    private func nameLoop(_ names: [String], _ shared: Shared) -> NameLoop {
        NameLoop(
            names: names,
            resolver: .live(deadline: .seconds(5)),
            board: shared.names,
            timekeeper: timekeeper,
            logger: logger
        )
    }

    private func nameLoop(
        _ names: [String],
        _ logs: NameLoop.Logs,
        _ shared: Shared
    ) -> @Sendable () async -> Void {
        let loop = nameLoop(names, shared)
        return {
            var logs = logs
            // Names that a reload brought wait for no minute.
            if !shared.names.addresses(of: names).isComplete { await loop.refresh(&logs) }
            await loop.run(logs)
        }
    }

    private func targetGroupLoop(
        _ arn: String,
        _ policy: IntervalPolicy,
        _ aws: DaemonConfiguration.AWS,
        _ shared: Shared
    ) -> @Sendable () async -> Void {
        let watch = LoopWatch(
            shared.deadlines,
            .targetGroup(arn),
            bound: ELBv2.timeout,
            timekeeper: timekeeper
        )
        let loop = TargetGroupLoop(
            arn: arn,
            policy: policy,
            port: shared.targetGroups.port(aws).watched(by: watch, call: ELBv2.timeout),
            records: shared.records,
            intervals: shared.intervals,
            board: shared.board,
            timekeeper: timekeeper.watched(by: watch),
            logger: logger
        )
        return { await watch.run { await loop.run() } }
    }
}

/// Why the daemon could not start.
package struct StartFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension DaemonConfiguration.Server.KeepAlive {
    /// The most that one round takes: a lookup of each name, then logins side by side and a direct one.
    fileprivate func longestRound(_ server: DaemonConfiguration.Server) -> Duration {
        let lookup = Duration.seconds(5)
        let login = server.connectTimeout + server.queryTimeout * 2 + lookup
        return lookup * (via.count + 1) + login * 2
    }
}
