package import Configuration
package import HostCacheCore

/// One thing that a loop runs for, with everything of the configuration that the loop is made from.
///
/// A loop whose job is the same in a new configuration goes on untouched.
package enum LoopJob: Hashable, Sendable {
    case server(DaemonConfiguration.Server)
    case targetGroup(arn: String, IntervalPolicy, DaemonConfiguration.AWS)

    /// What a loop is about, whatever its settings.
    package enum Subject: Hashable, Sendable {
        /// By its configured name.
        case server(String)
        /// By its ARN.
        case targetGroup(String)
    }

    package var subject: Subject {
        switch self {
        case .server(let server): .server(server.name)
        case .targetGroup(let arn, _, _): .targetGroup(arn)
        }
    }

    /// The jobs of a configuration: servers in its order, then target groups in the servers' order.
    ///
    /// - Parameters:
    ///   - configuration: What is wanted.
    ///   - mayAct: Whether anything may be changed at all; false where the state cannot be used.
    /// - Returns: One job for each subject.
    package static func all(_ configuration: DaemonConfiguration, mayAct: Bool) -> [LoopJob] {
        configuration.servers.map { .server($0) }
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
        }
    }
}

extension LoopJob.Subject {
    /// The key of the log that holds the name.
    var logKey: LogKey {
        switch self {
        case .server: .server
        case .targetGroup: .targetGroup
        }
    }
}
