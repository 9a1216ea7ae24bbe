package import Configuration
import Glibc
import HostCacheCore
package import Logging
import ServiceLifecycle
package import SystemdSupport

/// The whole daemon: one loop a server, the metrics file, and what systemd is told.
package struct DaemonService: Service {
    private let configuration: DaemonConfiguration
    private let targetGroups: TargetGroupPort
    private let notifier: Notifier
    private let timekeeper: Timekeeper
    private let logger: Logger

    package init(
        _ configuration: DaemonConfiguration,
        targetGroups: TargetGroupPort,
        notifier: Notifier,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.configuration = configuration
        self.targetGroups = targetGroups
        self.notifier = notifier
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
        let groups = IntervalPolicy.all(configuration, mayAct: mayAct)
        let shared = Shared(
            mayAct: mayAct,
            records: records,
            intervals: IntervalBoard(),
            board: StatusBoard(
                await statuses(records, mayAct: mayAct),
                targetGroups: groups.map { TargetGroupStatus(arn: $0.arn, wanted: $0.policy.wanted) }
            )
        )
        logger.notice(
            "hostcached started",
            metadata: [
                LogKey.version.rawValue: "\(BuildVersion.number)",
                LogKey.mode.rawValue: "\(configuration.mode.rawValue)",
                LogKey.server.rawValue: "\(configuration.servers.map(\.name).joined(separator: " "))",
            ]
        )
        let names = nameLoop(shared)
        var logs = NameLoop.Logs()
        // Before the first look, so that it judges with the load balancers known.
        await names.refresh(&logs)
        await cancelWhenGracefulShutdown { [logs] in
            await withTaskGroup { tasks in
                tasks.addTask { await names.run(logs) }
                for server in configuration.servers {
                    let loop = serverLoop(server, shared)
                    tasks.addTask { await loop.run() }
                }
                for (arn, policy) in groups {
                    let loop = targetGroupLoop(arn, policy, shared)
                    tasks.addTask { await loop.run() }
                }
                let metrics = metricsWriter(shared)
                tasks.addTask { await metrics.run() }
                let reporter = SystemdReporter(
                    notifier,
                    board: shared.board,
                    timekeeper: timekeeper,
                    logger: logger
                )
                tasks.addTask { await reporter.run() }
                await tasks.waitForAll()
            }
        }
        logger.notice("hostcached stopped")
        lock.release()
    }

    /// What all loops of one run share.
    private struct Shared {
        var mayAct: Bool
        var records: RecordKeeper
        var intervals: IntervalBoard
        var board: StatusBoard
        let loadBalancers = LoadBalancerBoard()
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

    /// What is known of each server before its first look.
    private func statuses(_ records: RecordKeeper, mayAct: Bool) async -> [ServerStatus] {
        var statuses = configuration.servers.map { ServerStatus($0, mayAct: mayAct) }
        for index in statuses.indices {
            // The metrics may be written before any loop runs: a counter at zero that then jumps to its old
            // value looks like a burst to whoever computes a rate.
            statuses[index].counters = await records.counters(of: statuses[index].name)
        }
        return statuses
    }

    private func serverLoop(_ server: DaemonConfiguration.Server, _ shared: Shared) -> ServerLoop {
        var policy = Policy(server)
        policy.isEnforcing = policy.isEnforcing && shared.mayAct
        policy.wantedInterval = configuration.aws.healthCheckInterval
        var loop = ServerLoop(
            name: server.name,
            policy: policy,
            interval: { [timekeeper] in
                shared.intervals.interval(
                    of: server.targetGroups,
                    port: server.watchedPort,
                    assumed: server.assumedHealthCheckInterval,
                    at: timekeeper.now()
                )
            },
            port: .mariaDB(server, timekeeper: timekeeper),
            records: shared.records,
            board: shared.board,
            timekeeper: timekeeper,
            logger: logger
        )
        if !server.loadBalancerNames.isEmpty {
            loop.resolved = { shared.loadBalancers.addresses(of: server.loadBalancerNames) }
        }
        return loop
    }

    private func nameLoop(_ shared: Shared) -> NameLoop {
        NameLoop(
            names: Set(configuration.servers.flatMap(\.loadBalancerNames)).sorted(),
            resolver: .live(deadline: .seconds(5)),
            board: shared.loadBalancers,
            timekeeper: timekeeper,
            logger: logger
        )
    }

    private func targetGroupLoop(_ arn: String, _ policy: IntervalPolicy, _ shared: Shared) -> TargetGroupLoop
    {
        TargetGroupLoop(
            arn: arn,
            policy: policy,
            port: targetGroups,
            records: shared.records,
            intervals: shared.intervals,
            board: shared.board,
            timekeeper: timekeeper,
            logger: logger
        )
    }

    private func metricsWriter(_ shared: Shared) -> MetricsWriter {
        MetricsWriter(
            path: configuration.metricsFile,
            isEnforcing: configuration.mode == .enforce && shared.mayAct,
            board: shared.board,
            timekeeper: timekeeper,
            logger: logger
        )
    }
}

/// Why the daemon could not start.
package struct StartFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}

extension ServerStatus {
    fileprivate init(_ server: DaemonConfiguration.Server, mayAct: Bool) {
        self.init(
            name: server.name,
            isEnforcing: server.mode == .enforce && mayAct,
            wantedLimit: UInt64(server.maxConnectErrors),
            loadBalancers: server.loadBalancers
        )
    }
}
