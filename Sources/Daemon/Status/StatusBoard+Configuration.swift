package import Configuration
package import HostCacheCore

extension StatusBoard {
    /// A board for everything in a configuration, nothing known of it yet.
    package convenience init(_ configuration: DaemonConfiguration, mayAct: Bool, loadedAt: Duration) {
        self.init(
            configuration.servers.map { ServerStatus($0, mayAct: mayAct) },
            targetGroups: Self.groups(configuration, mayAct: mayAct)
        )
        update { $0.begin(configuration, mayAct: mayAct, loadedAt: loadedAt) }
    }

    /// Says that a newer configuration was refused.
    package func refuseConfiguration(problems: Int) {
        update { $0.refusedProblems = problems }
    }

    /// Shows another configuration: what is in both keeps its counts, what is gone is gone.
    ///
    /// - Parameters:
    ///   - new: The configuration from here on.
    ///   - old: The one before. A server that moved to another address has not been looked at yet.
    ///   - counters: What was counted of servers that are new here.
    ///   - mayAct: Whether anything may be changed at all.
    ///   - loadedAt: Wall time at which it was read.
    package func show(
        _ new: DaemonConfiguration,
        since old: DaemonConfiguration,
        counters: [String: Counters],
        mayAct: Bool,
        loadedAt: Duration
    ) {
        let addresses = Dictionary(uniqueKeysWithValues: old.servers.map { ($0.name, $0.address) })
        replace(
            servers: new.servers.map { server in
                var status = ServerStatus(server, mayAct: mayAct)
                status.counters = counters[server.name] ?? status.counters
                return (status, addresses[server.name] == server.address)
            },
            targetGroups: Self.groups(new, mayAct: mayAct)
        )
        update { status in
            status.begin(new, mayAct: mayAct, loadedAt: loadedAt)
            status.reloads += 1
        }
    }

    private static func groups(_ configuration: DaemonConfiguration, mayAct: Bool) -> [TargetGroupStatus] {
        IntervalPolicy.all(configuration, mayAct: mayAct).map {
            TargetGroupStatus(arn: $0.arn, wanted: $0.policy.wanted)
        }
    }
}

extension ConfigurationStatus {
    fileprivate mutating func begin(_ configuration: DaemonConfiguration, mayAct: Bool, loadedAt: Duration) {
        isEnforcing = configuration.mode == .enforce && mayAct
        self.loadedAt = loadedAt
        refusedProblems = 0
    }
}

extension ServerStatus {
    fileprivate init(_ server: DaemonConfiguration.Server, mayAct: Bool) {
        self.init(
            name: server.name,
            isEnforcing: server.mode == .enforce && mayAct,
            wantedLimit: UInt64(server.maxConnectErrors),
            // Of a range nobody knows which addresses are a load balancer's until they have a row.
            loadBalancers: server.balancerAddresses.filter { !$0.contains("/") }
        )
        if server.keepsAlive, isEnforcing { keepAlive = KeepAliveStatus() }
    }
}
