package import Configuration
package import HostCacheCore

extension IntervalPolicy {
    /// The policy of every configured target group, in the order the servers list them.
    ///
    /// A group that several servers list obeys the strictest of them.
    package static func all(
        _ configuration: DaemonConfiguration,
        mayAct: Bool
    ) -> [(arn: String, policy: Self)] {
        var arns: [String] = []
        for arn in configuration.servers.flatMap(\.targetGroups) where !arns.contains(arn) {
            arns.append(arn)
        }
        return arns.map { arn in
            let servers = configuration.servers.filter { $0.targetGroups.contains(arn) }
            return (arn, Self(servers, configuration.aws, mayAct: mayAct))
        }
    }

    private init(_ servers: [DaemonConfiguration.Server], _ aws: DaemonConfiguration.AWS, mayAct: Bool) {
        self.init(
            wanted: aws.healthCheckInterval,
            healthyThreshold: aws.healthyThreshold,
            isEnforcing: mayAct && servers.allSatisfy { $0.mode == .enforce },
            isAllowed: servers.allSatisfy { $0.actions.contains(.interval) },
            acceptsSlowFailover: servers.allSatisfy(\.acceptSlowFailover),
            adopts: servers.allSatisfy(\.adopt),
            watchedPorts: Set(servers.compactMap(\.watchedPort))
        )
        serversWithoutPort = Set(servers.filter { $0.watchedPort == nil }.map(\.name))
    }
}

extension DaemonConfiguration.Server {
    /// The port that a load balancer reaches the server at; nil behind a socket, where the server tells it.
    package var watchedPort: UInt16? {
        switch address {
        case .tcp(_, let port): port
        case .socket: nil
        }
    }
}
