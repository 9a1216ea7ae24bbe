import AWSClient
import Configuration
import HostCacheCore
import Logging

/// Makes the loops of one run of the daemon, with what they share.
struct LoopFactory: Sendable {
    /// False where the state cannot be used: then everything is only observed.
    var mayAct: Bool
    var records: RecordKeeper
    var intervals: IntervalBoard
    var board: StatusBoard
    var targetGroups: TargetGroupPorts
    var deadlines: LoopDeadlines
    var loadBalancers: LoadBalancerBoard
    var timekeeper: Timekeeper
    var logger: Logger

    /// The loop of a job, ready to run.
    ///
    /// - Parameters:
    ///   - job: What to watch.
    ///   - logs: What the log says of the names of load balancers.
    /// - Returns: What runs it until it is cancelled.
    func loop(of job: LoopJob, names logs: NameLoop.Logs) -> @Sendable () async -> Void {
        switch job {
        case .server(let server): loops(server)
        case .targetGroup(let arn, let policy, let aws): targetGroupLoop(arn, policy, aws)
        case .names(let names): nameLoop(names, logs)
        }
    }

    /// The loop of a server, and beside it that of its keep-alive logins and that of its name.
    ///
    /// Both log in with the server's account, and hold back together after a refusal.
    private func loops(_ server: DaemonConfiguration.Server) -> @Sendable () async -> Void {
        let logins = PacedLogins(passwordFile: server.passwordFile, timekeeper: timekeeper)
        let host = HostName.of(server, timekeeper: timekeeper)
        let all = [serverLoop(server, logins, host), keepAliveLoop(server, logins), host.map { $0.run }]
        return {
            await withTaskGroup { tasks in
                for loop in all.compactMap(\.self) {
                    tasks.addTask { await loop() }
                }
            }
        }
    }

    private func serverLoop(
        _ server: DaemonConfiguration.Server,
        _ logins: PacedLogins,
        _ host: HostName?
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
        policy.isEnforcing = policy.isEnforcing && mayAct
        let watch = LoopWatch(
            deadlines,
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
                intervals.interval(
                    of: server.targetGroups,
                    port: server.watchedPort ?? board.status(of: server.name)?.port,
                    assumed: server.assumedHealthCheckInterval,
                    awaitsReadings: true,
                    at: timekeeper.now()
                )
            },
            port: port.watched(by: watch, connect: server.connectTimeout, statement: server.queryTimeout),
            records: records,
            board: board,
            timekeeper: timekeeper,
            logger: logger
        )
        if let host { loop.hasLeft = { host.hasLeft($0) } }
        if !server.balancerNames.isEmpty {
            loop.resolved = { loadBalancers.addresses(of: server.balancerNames) }
        }
        if !server.targetGroups.isEmpty {
            loop.ownIntervals = {
                intervals.ownIntervals(
                    of: loadBalancers.byName(server.balancerNames),
                    groups: server.targetGroups,
                    port: server.watchedPort ?? board.status(of: server.name)?.port,
                    at: timekeeper.now()
                )
            }
            loop.awaitsInterval = { intervals.isAwaiting(server.targetGroups, at: timekeeper.now()) }
        }
        return { [loop] in await watch.run { await loop.run() } }
    }

    /// Nil where there is nothing to log in through, and where nothing may be done.
    private func keepAliveLoop(
        _ server: DaemonConfiguration.Server,
        _ logins: PacedLogins
    ) -> (@Sendable () async -> Void)? {
        guard let keepAlive = server.keepAlive, server.mode == .enforce, mayAct else { return nil }
        guard server.keepsAlive else {
            logger.warning(
                "keep_alive is configured and no login is made",
                metadata: [
                    LogKey.server.rawValue: "\(server.name)",
                    LogKey.reason.rawValue: "actions does not list keep-alive",
                    LogKey.advice.rawValue: "add \"keep-alive\" to actions, or remove keep_alive",
                ]
            )
            return nil
        }
        let watch = LoopWatch(
            deadlines,
            .keepAlive(server.name),
            bound: keepAlive.longestRound(server),
            timekeeper: timekeeper
        )
        let timekeeper = timekeeper.watched(by: watch)
        let loop = KeepAliveLoop(
            server: server.name,
            via: keepAlive.via,
            evidence: { [board] in board.status(of: server.name)?.look?.keepAlive },
            // The default of every server.
            assumedWindow: server.assumedWindow(limit: 100),
            port: .mariaDB(keepAlive, of: server, logins: logins, timekeeper: timekeeper),
            records: records,
            board: board,
            timekeeper: timekeeper,
            logger: logger
        )
        return { await watch.run { await loop.run() } }
    }

    /// The loop of load balancers' names.
    func nameLoop(_ names: [String]) -> NameLoop {
        NameLoop(
            names: names,
            resolver: .live(),
            board: loadBalancers,
            timekeeper: timekeeper,
            logger: logger
        )
    }

    private func nameLoop(
        _ names: [String],
        _ logs: NameLoop.Logs
    ) -> @Sendable () async -> Void {
        let loop = nameLoop(names)
        return {
            var logs = logs
            // Names that a reload brought wait for no minute.
            if !loadBalancers.addresses(of: names).isComplete { await loop.refresh(&logs) }
            await loop.run(logs)
        }
    }

    private func targetGroupLoop(
        _ arn: String,
        _ policy: IntervalPolicy,
        _ aws: DaemonConfiguration.AWS
    ) -> @Sendable () async -> Void {
        let watch = LoopWatch(
            deadlines,
            .targetGroup(arn),
            bound: ELBv2.timeout,
            timekeeper: timekeeper
        )
        let loop = TargetGroupLoop(
            arn: arn,
            policy: policy,
            port: targetGroups.port(aws).watched(by: watch, call: ELBv2.timeout),
            records: records,
            intervals: intervals,
            board: board,
            timekeeper: timekeeper.watched(by: watch),
            logger: logger
        )
        return { await watch.run { await loop.run() } }
    }
}

extension DaemonConfiguration.Server.KeepAlive {
    /// The most that one round takes: a lookup of each name, then logins side by side and a direct one.
    fileprivate func longestRound(_ server: DaemonConfiguration.Server) -> Duration {
        let lookup = NameResolver.deadline
        let login = server.connectTimeout + server.queryTimeout * 2 + lookup
        return lookup * (via.count + 1) + login * 2
    }
}
