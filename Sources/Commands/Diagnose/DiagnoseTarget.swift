import Configuration
import Daemon
import HostCacheCore
import MariaDBClient

/// One server to diagnose, from the configuration or from the command line.
struct DiagnoseTarget: Sendable {
    var name: String
    var address: String
    /// What kind of RDS endpoint its host name is; nil for one that leads to one server for good.
    var endpoint: (kind: RDSEndpoint, host: String)?
    var user: String
    var policy: Policy
    /// The health-check interval that is assumed where no target group tells.
    var assumedInterval: Duration
    /// The port that load balancers' checks open connections to.
    ///
    /// Nil behind a socket: the server tells it.
    var watchedPort: UInt16?
    /// The target groups that check it, with what is wanted of each.
    var groups: [(arn: String, policy: IntervalPolicy)] = []
    var groupPort: TargetGroupPort?
    /// Names of load balancers, and who looks them up.
    var names: [String] = []
    var resolver = NameResolver.live()
    var port: ServerPort
    /// Where the daemon keeps its state of this server; nil without a configuration.
    var stateFile: StateFile?
    var keepAlive: KeepAliveTargets?

    /// Looks once and judges as the daemon does; changes nothing.
    func diagnose(_ timekeeper: Timekeeper) async -> Diagnosis {
        // Side by side: a server is not kept waiting by an AWS that does not answer.
        async let ofGroups = readGroups()
        async let ofNames = resolve()
        async let ofServer = ServerLook.take(port, timekeeper)
        let (byName, nameFindings) = await ofNames
        let groups = await ofGroups
        let context: Context
        var diagnosis: Diagnosis
        do {
            let look = try await ofServer
            context = judge(groups, byName, port: look.seen.port)
            diagnosis = judge(look, policy: context.policy, interval: context.interval, timekeeper)
        } catch {
            context = judge(groups, byName, port: nil)
            let failure = error as? ServerFailure ?? ServerFailure(unexpected: "\(error)")
            diagnosis = Diagnosis(
                name: name,
                address: address,
                failure: failure,
                user: user,
                wantedLimit: policy.wantedLimit
            )
        }
        diagnosis.add(context.findings + nameFindings)
        diagnosis.add(endpoint.map { [Finding($0.kind, host: $0.host)] } ?? [])
        return diagnosis
    }

    /// What a server is judged by, beside its own look.
    private struct Context {
        /// With the addresses of the load balancers' names, and their intervals.
        var policy: Policy
        /// What to say of the target groups.
        var findings: [Finding]
        /// The interval in force by them, as the daemon counts it.
        var interval: Duration
    }

    /// The addresses of the load balancers' names, and what to say of those that have none.
    private func resolve() async -> (byName: [String: Set<String>], [Finding]) {
        var findings: [Finding] = []
        var known: [String: Set<String>] = [:]
        for name in names {
            do {
                known[name] = Set(try await resolver.addresses(name))
            } catch {
                findings.append(
                    Finding(
                        .nameNotFound,
                        .warning,
                        "load balancer \(error)",
                        why: "its addresses are not known, so any address may be its",
                        fixes: [Finding.Fix(.advice, "correct load_balancers, or list the addresses there")]
                    )
                )
            }
        }
        return (known, findings)
    }

    /// One look at each target group.
    private func readGroups() async -> [String: Result<TargetGroupEvidence, any Error>] {
        guard let groupPort else { return [:] }
        return await withTaskGroup { tasks in
            for (arn, _) in groups {
                tasks.addTask { (arn, await Self.read(arn, groupPort)) }
            }
            return await tasks.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
    }

    /// Judges target groups and names.
    ///
    /// - Parameters:
    ///   - read: What was read of each group.
    ///   - byName: The addresses of the load balancers' names; one without is missing.
    ///   - told: The port that the server told; nil where it did not answer or does not say.
    /// - Returns: What the server is judged by.
    private func judge(
        _ read: [String: Result<TargetGroupEvidence, any Error>],
        _ byName: [String: Set<String>],
        port told: UInt16?
    ) -> Context {
        let intervals = IntervalBoard()
        var findings: [Finding] = []
        for (arn, configured) in groups {
            let policy = configured.knowing { $0 == name ? told : nil }
            switch read[arn] {
            case .success(let group):
                intervals.write(group, at: .zero)
                var memory = IntervalMemory()
                let verdict = memory.verdict(group, policy: policy, at: .zero)
                findings.append(group.finding(verdict, policy: policy))
            case .failure(let error):
                let title = "target group \(arn) cannot be read"
                findings.append(Finding(.awsFailed, .warning, title, why: "\(error)"))
            case nil: break
            }
        }
        let arns = groups.map(\.arn)
        let port = watchedPort ?? told
        return Context(
            policy: policy.knowing(
                Set(byName.values.joined()),
                isComplete: byName.count == Set(names).count,
                ownIntervals: intervals.ownIntervals(of: byName, groups: arns, port: port, at: .zero)
            ),
            findings: findings,
            interval: intervals.interval(
                of: arns,
                port: port,
                assumed: assumedInterval,
                awaitsReadings: false,
                at: .zero
            )
        )
    }

    private static func read(
        _ arn: String,
        _ port: TargetGroupPort
    ) async -> Result<TargetGroupEvidence, any Error> {
        do {
            return .success(try await port.describe(arn))
        } catch {
            return .failure(error)
        }
    }

    private func judge(
        _ look: ServerLook,
        policy: Policy,
        interval: Duration,
        _ timekeeper: Timekeeper
    ) -> Diagnosis {
        let seen = look.seen
        let memory = memory(of: seen.identity, timekeeper)
        var controller = Controller(policy: policy, memory: memory, counters: Counters())
        let assessment = controller.look(
            seen,
            interval: interval,
            known: memory.ratesFromOneLook(seen, freshFor: policy.checkInterval * 2, interval: interval)
        )
        var diagnosis = Diagnosis(
            name: name,
            address: address,
            assessment,
            seen,
            policy: policy,
            interval: interval,
            isUnwatched: look.holder.leavesUnwatched(policy)
        )
        diagnosis.add([look.holder.finding(policy), look.slowLogin?.finding].compactMap(\.self))
        if let keepAlive {
            let window = assessment.forecast.window
            diagnosis.add(keepAlive.findings(document, of: name, window: window, at: timekeeper.wall()))
        }
        return diagnosis
    }

    /// What the daemon remembers; nothing where its state cannot be read, which is no error here.
    private func memory(of identity: String, _ timekeeper: Timekeeper) -> Memory {
        document?.servers[name]?.processes[identity]?.memory(timekeeper) ?? Memory()
    }

    private var document: StateDocument? {
        guard let stateFile, case .document(let document)? = try? stateFile.read(movingAside: nil) else {
            return nil
        }
        return document
    }
}

extension DiagnoseTarget {
    /// A server of the configuration, with the target groups it lists.
    init(
        _ server: DaemonConfiguration.Server,
        of configuration: DaemonConfiguration,
        groupPort: TargetGroupPort,
        timekeeper: Timekeeper
    ) {
        var policy = Policy(server)
        policy.wantedInterval = configuration.aws.healthCheckInterval
        self.init(
            name: server.name,
            address: "\(server.address)",
            endpoint: RDSEndpoint.named(server.address),
            user: server.user,
            policy: policy,
            assumedInterval: server.assumedHealthCheckInterval,
            watchedPort: server.watchedPort,
            groups: IntervalPolicy.all(configuration, mayAct: true)
                .filter { server.targetGroups.contains($0.arn) },
            groupPort: groupPort,
            names: server.balancerNames,
            port: .mariaDB(
                server,
                logins: PacedLogins(passwordFile: server.passwordFile, timekeeper: timekeeper),
                idleLimit: policy.idleLimit,
                timekeeper: timekeeper
            ),
            stateFile: StateFile(path: configuration.stateDirectory + "/state.json"),
            keepAlive: server.keepAlive.map { KeepAliveTargets($0, of: server) }
        )
    }

    /// A server named on the command line: everything else is the default.
    init(_ endpoint: Endpoint, as login: Login, timekeeper: Timekeeper) {
        let reader = ObservationReader(endpoint: "\(endpoint.address)", timekeeper: timekeeper)
        self.init(
            name: "\(endpoint.address)",
            address: "\(endpoint.address)",
            endpoint: RDSEndpoint.named(endpoint.address),
            user: login.user,
            policy: Policy(),
            assumedInterval: .seconds(30),
            port: ServerPort {
                try await .open(
                    endpoint,
                    as: login,
                    named: "\(endpoint.address)",
                    idleLimit: Policy().idleLimit,
                    ghosts: Ghosts(),
                    reader: reader,
                    timekeeper: timekeeper
                )
            },
            stateFile: nil,
            keepAlive: nil
        )
    }
}

extension RDSEndpoint {
    /// The kind and the host name of an address; nil as in ``init(host:)``.
    fileprivate static func named(
        _ address: DaemonConfiguration.Server.Address
    ) -> (kind: Self, host: String)? {
        guard case .tcp(let host, _) = address else { return nil }
        return Self(host: host).map { ($0, host) }
    }

    fileprivate static func named(_ address: Endpoint.Address) -> (kind: Self, host: String)? {
        guard case .tcp(let host, _) = address else { return nil }
        return Self(host: host).map { ($0, host) }
    }
}
