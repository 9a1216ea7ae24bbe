import Configuration
import Daemon
import HostCacheCore

/// What `diagnose` knows of a server's keep-alive logins: it makes none itself, since one changes the errors.
struct KeepAliveTargets: Sendable {
    private let via: Int
    private let runs: Bool
    private let isListed: Bool

    init(_ keepAlive: DaemonConfiguration.Server.KeepAlive, of server: DaemonConfiguration.Server) {
        via = keepAlive.via.count
        runs = server.mode == .enforce
        isListed = server.actions.contains(.keepAlive)
    }

    /// - Parameters:
    ///   - document: The daemon's state; nil when there is none.
    ///   - name: The server's.
    ///   - window: From clean to blocked at the rate in force.
    ///   - wall: The time of day.
    /// - Returns: Nothing for a server that cannot block anyone.
    func findings(
        _ document: StateDocument?,
        of name: String,
        window: TimeToBlock,
        at wall: Duration
    ) -> [Finding] {
        guard let plan = KeepAlivePlan(window: window) else { return [] }
        guard isListed else { return [KeepAlivePlan.notListed] }
        let server = document?.servers[name]
        // What a daemon wrote that has stopped proves nothing. It writes at a login, once a minute at most.
        let writtenAt = server?.keepAliveAt.flatMap { WallClock.parse($0) }
        let isOfLate = writtenAt.map { wall - $0 <= plan.period * 2 + .seconds(60) } ?? false
        let outcomes = (isOfLate ? server?.keepAlive : nil) ?? [:]
        return plan.findings(
            outcomes.compactMapValues { KeepAliveOutcome(rawValue: $0) },
            via: via,
            runs: runs
        )
    }
}
