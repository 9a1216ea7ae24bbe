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
            let policy = Policy(server)
            let fit = GuardRailFit(window: server.assumedWindow(limit: policy.wantedLimit), policy: policy)
            return fit == .fits ? nil : "warning: \(server.name): \(fit)"
        }
        let logins = configuration.servers.compactMap(Self.logins)
        description = ([configuration.effective] + logins + warnings).joined(separator: "\n")
    }

    /// How often keep-alive logins are made, at the wanted limit and the assumed rate.
    private static func logins(of server: DaemonConfiguration.Server) -> String? {
        let window = server.assumedWindow(limit: UInt64(server.maxConnectErrors))
        guard let keepAlive = server.keepAlive, let plan = KeepAlivePlan(window: window) else { return nil }
        let mode = server.mode == .enforce ? "" : ", in enforce only"
        return "\(server.name): keep-alive logins through \(keepAlive.via.joined(separator: ", ")): "
            + "each \(plan)\(mode)"
    }
}
