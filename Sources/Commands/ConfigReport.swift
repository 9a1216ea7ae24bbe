package import Configuration
import Daemon
import HostCacheCore

/// What `hostcached config check` prints of a configuration without problems.
///
/// A line for each server, then a warning for each whose guard rails do not allow what its limit needs.
package struct ConfigReport: CustomStringConvertible {
    package let description: String

    package init(_ configuration: DaemonConfiguration) {
        let warnings = configuration.servers.compactMap { server in
            let fit = GuardRailFit(server)
            return fit == .fits ? nil : "warning: \(server.name): \(fit)"
        }
        description = ([configuration.effective] + warnings).joined(separator: "\n")
    }
}

extension GuardRailFit {
    /// Whether a configured server's guard rails allow what its limit needs at the assumed rate.
    fileprivate init(_ server: DaemonConfiguration.Server) {
        let policy = Policy(server)
        let rate = ErrorRate(
            errors: policy.errorsPerHealthCheck,
            perHealthCheckInterval: server.assumedHealthCheckInterval
        )
        self.init(
            window: rate.time(for: policy.wantedLimit),
            flushWithin: policy.flushWithin,
            flushAt: policy.flushAt,
            guardRails: policy.guardRails
        )
    }
}
