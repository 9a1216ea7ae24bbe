package import Configuration
import Glibc
import HostCacheCore
package import Logging
import ServiceLifecycle
package import SystemdSupport

/// The whole daemon: one loop a server, the metrics file, and what systemd is told.
package struct DaemonService: Service {
    private let configuration: DaemonConfiguration
    private let notifier: Notifier
    private let timekeeper: Timekeeper
    private let logger: Logger

    package init(
        _ configuration: DaemonConfiguration,
        notifier: Notifier,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.configuration = configuration
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
        let board = StatusBoard(configuration.servers.map { ServerStatus($0, mayAct: mayAct) })
        logger.notice(
            "hostcached started",
            metadata: [
                LogKey.version.rawValue: "\(BuildVersion.number)",
                LogKey.mode.rawValue: "\(configuration.mode.rawValue)",
                LogKey.server.rawValue: "\(configuration.servers.map(\.name).joined(separator: " "))",
            ]
        )
        await cancelWhenGracefulShutdown {
            await withTaskGroup { group in
                for server in configuration.servers {
                    let loop = serverLoop(server, mayAct: mayAct, records: records, board: board)
                    group.addTask { await loop.run() }
                }
                let metrics = MetricsWriter(
                    path: configuration.metricsFile,
                    isEnforcing: configuration.mode == .enforce && mayAct,
                    board: board,
                    timekeeper: timekeeper,
                    logger: logger
                )
                group.addTask { await metrics.run() }
                let reporter = SystemdReporter(notifier, board: board, timekeeper: timekeeper, logger: logger)
                group.addTask { await reporter.run() }
                await group.waitForAll()
            }
        }
        logger.notice("hostcached stopped")
        lock.release()
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

    private func serverLoop(
        _ server: DaemonConfiguration.Server,
        mayAct: Bool,
        records: RecordKeeper,
        board: StatusBoard
    ) -> ServerLoop {
        var policy = Policy(server)
        policy.isEnforcing = policy.isEnforcing && mayAct
        return ServerLoop(
            name: server.name,
            policy: policy,
            interval: server.assumedHealthCheckInterval,
            port: .mariaDB(server, timekeeper: timekeeper),
            records: records,
            board: board,
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
