package import Configuration
package import HostCacheCore

/// One thing that a loop runs for, with everything of the configuration that the loop is made from.
///
/// A loop whose job is the same in a new configuration goes on untouched.
package enum LoopJob: Hashable, Sendable {
    case server(DaemonConfiguration.Server)
    case targetGroup(arn: String, IntervalPolicy, DaemonConfiguration.AWS)
    /// The names of all load balancers, sorted.
    case names([String])

    /// What a loop is about, whatever its settings.
    package enum Subject: Hashable, Sendable {
        /// By its configured name.
        case server(String)
        /// By its ARN.
        case targetGroup(String)
        case names
        /// The keep-alive logins of a server; they belong to its job.
        case keepAlive(String)
    }

    package var subject: Subject {
        switch self {
        case .server(let server): .server(server.name)
        case .targetGroup(let arn, _, _): .targetGroup(arn)
        case .names: .names
        }
    }

    /// The jobs of a configuration: names, servers in its order, then target groups in the servers' order.
    ///
    /// - Parameters:
    ///   - configuration: What is wanted.
    ///   - mayAct: Whether anything may be changed at all; false where the state cannot be used.
    /// - Returns: One job for each subject.
    package static func all(_ configuration: DaemonConfiguration, mayAct: Bool) -> [LoopJob] {
        let names = configuration.loadBalancerNames
        return (names.isEmpty ? [] : [.names(names)]) + configuration.servers.map { .server($0) }
            + IntervalPolicy.all(configuration, mayAct: mayAct).map {
                .targetGroup(arn: $0.arn, $0.policy, configuration.aws)
            }
    }
}

extension LoopJob.Subject: CustomStringConvertible {
    package var description: String {
        switch self {
        case .server(let name): name
        case .targetGroup(let arn): arn
        case .names: "names of load balancers"
        case .keepAlive(let name): "keep-alive logins of \(name)"
        }
    }
}

extension DaemonConfiguration {
    /// The names among the load balancers of all servers, sorted, without repetition.
    var loadBalancerNames: [String] { Set(servers.flatMap(\.balancerNames)).sorted() }
}

extension LoopJob.Subject {
    /// The key of the log that holds the name.
    var logKey: LogKey {
        switch self {
        case .server: .server
        case .targetGroup: .targetGroup
        case .names, .keepAlive: .name
        }
    }
}
