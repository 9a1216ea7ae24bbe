import Configuration
import Daemon
import HostCacheCore

/// What `diagnose` knows of a server's keep-alive logins: it makes none itself, since one changes the errors.
struct KeepAliveTargets: Sendable {
    private let via: Int
    private let runs: Bool

    init(_ keepAlive: DaemonConfiguration.Server.KeepAlive, runs: Bool) {
        via = keepAlive.via.count
        self.runs = runs
    }

    /// - Parameters:
    ///   - document: The daemon's state; nil when there is none, or when it is not of late.
    ///   - name: The server's.
    ///   - window: From clean to blocked at the rate in force.
    /// - Returns: Nothing for a server that cannot block anyone.
    func findings(_ document: StateDocument?, of name: String, window: TimeToBlock) -> [Finding] {
        let recorded = document?.servers[name]?.keepAlive ?? [:]
        let outcomes = recorded.compactMapValues { KeepAliveOutcome(rawValue: $0) }
        return KeepAlivePlan(window: window)?.findings(outcomes, via: via, runs: runs) ?? []
    }
}
