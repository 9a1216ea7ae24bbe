package import HostCacheCore

/// One line of the audit: what is about to be done, or what came of it.
///
/// The keys are part of the interface: `docs/audit.md` lists them.
package struct AuditEntry: Codable, Hashable, Sendable {
    /// ISO 8601 in UTC.
    package var time: String
    package var phase: Phase
    /// Joins an intent and its outcome.
    package var id: String
    /// The configured name; nil for a target group.
    package var server: String?
    /// `server_uuid`, or host and port; nil for a target group.
    package var identity: String?
    /// The ARN; nil for a server.
    package var targetGroup: String?
    package var action: String
    /// Why: a flush's trigger; nil for a raise.
    package var trigger: String?
    package var statement: String?
    /// `max_connect_errors` before.
    package var limitBefore: UInt64?
    /// `max_connect_errors` wanted (intent) or read back (outcome).
    package var limitAfter: UInt64?
    /// The health-check interval before, in seconds.
    package var intervalBeforeSeconds: Int64?
    /// The interval wanted (intent) or read back (outcome), in seconds.
    package var intervalAfterSeconds: Int64?
    /// The rows a flush is about to destroy; those with errors only, the worst first.
    package var hosts: [Host]?
    /// How many more rows with errors there were; nil when `hosts` has them all.
    package var hostsOmitted: Int?
    package var result: Result?
    package var detail: String?

    package enum Phase: String, Codable, Hashable, Sendable {
        case intent
        case outcome
        /// A due flush was skipped because nothing was spent.
        case skipped
        /// A health-check interval is left alone; `detail` says why.
        case held
    }

    package enum Result: String, Codable, Hashable, Sendable {
        case ok
        case failed
        case unverified
        case unknown
    }

    /// One row of the host cache as evidence.
    package struct Host: Codable, Hashable, Sendable {
        package var address: String
        package var name: String?
        package var connectErrors: UInt64
        package var handshakeErrors: UInt64
        package var blockedConnections: UInt64
        package var loadBalancer: Bool
        /// Its part of all errors, 0 to 1 in thousandths.
        package var share: Double
        /// ISO 8601 in UTC; nil where the server did not say.
        package var firstError: String?
        /// As ``firstError``.
        package var lastError: String?

        private enum CodingKeys: String, CodingKey {
            case address
            case name
            case connectErrors = "connect_errors"
            case handshakeErrors = "handshake_errors"
            case blockedConnections = "blocked_connections"
            case loadBalancer = "load_balancer"
            case share
            case firstError = "first_error"
            case lastError = "last_error"
        }

        /// - Parameters:
        ///   - offender: The address.
        ///   - now: The wall time of the look.
        package init(_ offender: Offender, at now: Duration) {
            let row = offender.host.row
            loadBalancer = offender.host.isLoadBalancer
            share = Double(offender.share.thousandths) / 1000
            firstError = row.firstErrorAge.map { WallClock.text(now - $0) }
            lastError = row.lastErrorAge.map { WallClock.text(now - $0) }
            address = row.address
            name = row.name
            connectErrors = row.connectErrors
            handshakeErrors = row.handshakeErrors
            blockedConnections = row.blockedConnections
        }
    }

    private enum CodingKeys: String, CodingKey {
        case time
        case phase
        case id
        case server
        case identity
        case targetGroup = "target_group"
        case action
        case trigger
        case statement
        case limitBefore = "limit_before"
        case limitAfter = "limit_after"
        case intervalBeforeSeconds = "interval_before_seconds"
        case intervalAfterSeconds = "interval_after_seconds"
        case hosts
        case hostsOmitted = "hosts_omitted"
        case result
        case detail
    }

    package init(_ phase: Phase, id: String, server: String, identity: String, action: String, time: String) {
        self.phase = phase
        self.id = id
        self.server = server
        self.identity = identity
        self.action = action
        self.time = time
    }

    package init(_ phase: Phase, id: String, targetGroup: String, action: String, time: String) {
        self.phase = phase
        self.id = id
        self.targetGroup = targetGroup
        self.action = action
        self.time = time
    }

    /// The most rows one entry holds.
    package static let mostHosts = 1000
}
