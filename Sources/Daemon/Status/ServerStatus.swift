package import HostCacheCore

/// What is known of one server now: the one value that metrics, status line and log are made from.
package struct ServerStatus: Hashable, Sendable {
    package var name: String
    package var isEnforcing: Bool
    /// The limit wanted.
    package var wantedLimit: UInt64
    /// Addresses of load balancers, in the configured order, those of names behind, then those in ranges.
    package var loadBalancers: [String]
    /// Whether a first look was tried; a daemon is ready when every server has been.
    package var wasTried = false
    /// The port that the server listens on by its own word; nil before the first look, and where it does not say.
    package var port: UInt16?
    /// Looks tried, and looks failed by reason.
    package var checks: UInt64 = 0
    package var failures: [ServerFailure.Reason: UInt64] = [:]
    /// What the last look failed on; nil when it succeeded or none was made.
    package var failure: ServerFailure?
    /// Wall time of the last look that succeeded; nil before the first.
    package var lastSuccess: Duration?
    /// How long that look took.
    package var checkDuration: Duration?
    package var counters = Counters()
    /// Wall time of the last flush that took effect; nil when none is known.
    package var lastFlush: Duration?
    /// Whether this daemon acts first, as of the last look that succeeded.
    package var leadership = Leadership.notSought
    /// What the last look that succeeded brought; nil while the server is down.
    package var look: Look?
    /// Nil without keep-alive logins.
    package var keepAlive: KeepAliveStatus?

    package init(name: String, isEnforcing: Bool, wantedLimit: UInt64, loadBalancers: [String]) {
        self.name = name
        self.isEnforcing = isEnforcing
        self.wantedLimit = wantedLimit
        self.loadBalancers = loadBalancers
    }

    /// The same server with these settings, after it was shown with others.
    ///
    /// Counts go on; what was seen at another address is forgotten.
    func continuing(_ old: ServerStatus, isSameAddress: Bool) -> ServerStatus {
        var status = old
        status.isEnforcing = isEnforcing
        status.wantedLimit = wantedLimit
        status.loadBalancers = loadBalancers
        status.keepAlive = keepAlive.map { old.keepAlive ?? $0 }
        guard !isSameAddress else { return status }
        status.look = nil
        status.failure = nil
        status.lastSuccess = nil
        status.checkDuration = nil
        status.lastFlush = nil
        status.port = nil
        return status
    }

    /// One look and what it means.
    package struct Look: Hashable, Sendable {
        package var version: ServerVersion
        /// The statement a flush would use.
        package var flushStatement: FlushStatement?
        package var exposure: Exposure
        package var limit: UInt64
        /// Rows of the host cache.
        package var entries: Int
        package var blockedHosts: Int
        package var mostSpent: UInt64
        /// The most errors any one host can have, by the whole server's counter; nil where it cannot block.
        package var errorBound: UInt64?
        /// Spent errors of the load balancers' addresses that have a row.
        package var spent: [String: UInt64]
        package var window: TimeToBlock
        /// Wall time at which the first watched address is blocked; nil for never.
        package var blockEstimate: Duration?
        package var flushInterval: Duration?
        /// Wall time of the next scheduled flush; nil when none is due.
        package var nextFlush: Duration?
        /// Whether a flush is due by now, whether or not it is sent.
        package var isFlushDue: Bool
        /// Who sends what is due.
        package var flushes: Flushes
        /// What a privilege is missing for, of what mode and actions need.
        package var missing: Set<MissingPrivilege.Purpose> = []
        /// What keep-alive logins act on; nil where none are made.
        package var keepAlive: KeepAliveEvidence?
    }

    /// The most addresses of a server that are shown.
    static let mostWatchedHosts = 32

    /// What this daemon does about a flush that is due.
    package enum Flushes: Hashable, Sendable {
        case sends
        /// `observe`: it only says what it would do.
        case wouldSend
        /// `actions` does not list it.
        case leaves

        package init(_ policy: Policy) {
            self = !policy.actions.contains(.flush) ? .leaves : policy.isEnforcing ? .sends : .wouldSend
        }
    }

    /// Takes the addresses of load balancers that are known now.
    ///
    /// - Parameters:
    ///   - addresses: Those that are known one by one.
    ///   - rows: The load balancers' addresses that have a row; of those in a range, as many are shown as there is
    ///     room for, those that were shown already first.
    package mutating func know(_ addresses: Set<String>, rows: some Sequence<String>) {
        let rows = rows.filter { !addresses.contains($0) }
        let inRows = Set(rows)
        let single = loadBalancers.filter(addresses.contains)
        let kept = loadBalancers.filter(inRows.contains)
        let all = single + addresses.subtracting(single).sorted()
        let room = max(0, Self.mostWatchedHosts - all.count)
        loadBalancers = all + (kept + rows.filter { !kept.contains($0) }.prefix(room)).prefix(room)
    }

    /// Whether the last look succeeded.
    package var isUp: Bool { look != nil }
}
