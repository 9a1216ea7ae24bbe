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
        let others = (configuration.servers.flatMap(Self.warnings) + UnitSight.warnings(configuration))
            .map { "warning: \($0)" }
        description = ([configuration.effective] + logins + warnings + others).joined(separator: "\n")
    }

    /// What is allowed, and seldom wanted.
    private static func warnings(of server: DaemonConfiguration.Server) -> [String] {
        var warnings: [String] = []
        if let endpoint = server.address.rdsEndpoint {
            warnings.append(
                "\(server.name): host is \(endpoint.name): \(endpoint.reason); \(endpoint.remedy)"
            )
        }
        if server.keepAlive != nil, !server.actions.contains(.keepAlive) {
            warnings.append("\(server.name): \(KeepAlivePlan.notListed.title)")
        }
        if let keepAlive = server.keepAlive, keepAlive.tls == .disabled, !keepAlive.staysOnThisMachine {
            warnings.append(
                "\(server.name): keep_alive has no TLS: an account with MySQL 8's default login method, "
                    + "caching_sha2_password, is refused; set tls = { mode = \"fingerprint\", fingerprint = … }"
            )
        }
        return warnings
    }

    /// How often keep-alive logins are made, at the wanted limit and the assumed rate.
    private static func logins(of server: DaemonConfiguration.Server) -> String? {
        let window = server.assumedWindow(limit: UInt64(server.maxConnectErrors))
        guard let keepAlive = server.keepAlive, server.actions.contains(.keepAlive),
            let plan = KeepAlivePlan(window: window)
        else { return nil }
        let mode = server.mode == .enforce ? "" : ", in enforce only"
        return "\(server.name): keep-alive logins through \(keepAlive.via.joined(separator: ", ")): "
            + "each \(plan)\(mode)"
    }
}
