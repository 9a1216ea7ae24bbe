/// What `state.json` holds: wall times, because the file outlives the process and its clock.
package struct StateDocument: Codable, Hashable, Sendable {
    /// The version this daemon writes and reads.
    package static let currentVersion = 1

    package var version = StateDocument.currentVersion
    /// By the configured name.
    package var servers: [String: Server] = [:]
    /// By ARN; nil in a state written before target groups were looked at.
    package var targetGroups: [String: TargetGroup]?

    private enum CodingKeys: String, CodingKey {
        case version
        case servers
        case targetGroups = "target_groups"
    }

    package init() {}

    /// One configured server.
    package struct Server: Codable, Hashable, Sendable {
        package var counters = Counters()
        /// By identity: `server_uuid`, or host and port.
        package var processes: [String: Process] = [:]
        /// What the last keep-alive login through each address showed; nil when none was ever tried.
        package var keepAlive: [String: String]?
        /// When that was written; nil where it never was.
        package var keepAliveAt: String?

        private enum CodingKeys: String, CodingKey {
            case counters
            case processes
            case keepAlive = "keep_alive"
            case keepAliveAt = "keep_alive_at"
        }

        package init() {}
    }

    /// One server process under that name.
    package struct Process: Codable, Hashable, Sendable {
        package var lastFlush: String?
        package var lastFlushAttempt: String?
        package var lastFlushSkip: String?
        package var flushesLastHour: [String] = []
        package var errorBound: ErrorBound?
        package var originalLimit: UInt64?
        package var lastRaise: String?
        package var raisedTo: UInt64?
        /// Whether the server keeps that over a restart; nil where nothing says so.
        package var raisePersisted: Bool?
        /// A raise that was about to be sent; nil once its outcome is known.
        package var pendingRaise: PendingRaise?
        package var repeatedRaises: [String] = []
        package var raiseLatched = false
        /// When the rates were measured; nil while none is.
        package var measuredAt: String?
        /// Sustained rates by address.
        package var rates: [String: Rate]?
        /// Addresses outside `load_balancers` whose errors come as evenly as a health check's; nil for none.
        package var even: [String]?

        private enum CodingKeys: String, CodingKey {
            case lastFlush = "last_flush"
            case lastFlushAttempt = "last_flush_attempt"
            case lastFlushSkip = "last_flush_skip"
            case flushesLastHour = "flushes_last_hour"
            case errorBound = "error_bound"
            case originalLimit = "original_limit"
            case lastRaise = "last_raise"
            case raisedTo = "raised_to"
            case raisePersisted = "raise_persisted"
            case pendingRaise = "pending_raise"
            case repeatedRaises = "repeated_raises"
            case raiseLatched = "raise_latched"
            case measuredAt = "measured_at"
            case rates
            case even
        }

        package init() {}
    }

    /// A raise with unknown outcome.
    package struct PendingRaise: Codable, Hashable, Sendable {
        package var limitBefore: UInt64
        package var limit: UInt64
        /// `persist` or `global`.
        package var statement: String
        package var at: String

        private enum CodingKeys: String, CodingKey {
            case limitBefore = "limit_before"
            case limit
            case statement
            case at
        }

        package init(limitBefore: UInt64, limit: UInt64, statement: String, at time: String) {
            self.limitBefore = limitBefore
            self.limit = limit
            self.statement = statement
            at = time
        }
    }

    /// The most errors any one host can have, by the server's counter of aborted connections.
    package struct ErrorBound: Codable, Hashable, Sendable {
        package var abortedConnects: UInt64
        package var spent: UInt64
        /// The server's uptime when its counter began at zero.
        package var countedSinceSeconds: Int64
        package var countedAt: String

        private enum CodingKeys: String, CodingKey {
            case abortedConnects = "aborted_connects"
            case spent
            case countedSinceSeconds = "counted_since_seconds"
            case countedAt = "counted_at"
        }

        package init(abortedConnects: UInt64, spent: UInt64, countedSinceSeconds: Int64, countedAt: String) {
            self.abortedConnects = abortedConnects
            self.spent = spent
            self.countedSinceSeconds = countedSinceSeconds
            self.countedAt = countedAt
        }
    }

    /// Errors over a time.
    package struct Rate: Codable, Hashable, Sendable {
        package var errors: UInt64
        package var milliseconds: Int64
    }

    /// Counts that only grow.
    package struct Counters: Codable, Hashable, Sendable {
        package var handshakeErrors: UInt64 = 0
        package var blockedConnections: UInt64 = 0
        /// By trigger.
        package var flushes: [String: UInt64] = [:]
        package var flushFailures: UInt64 = 0
        package var limitChanges: UInt64 = 0
        /// By action, then reason.
        package var suppressed: [String: [String: UInt64]] = [:]

        private enum CodingKeys: String, CodingKey {
            case handshakeErrors = "handshake_errors"
            case blockedConnections = "blocked_connections"
            case flushes
            case flushFailures = "flush_failures"
            case limitChanges = "limit_changes"
            case suppressed
        }

        package init() {}
    }

    /// One target group.
    package struct TargetGroup: Codable, Hashable, Sendable {
        package var originalIntervalSeconds: Int64?
        package var originalTimeoutSeconds: Int64?
        package var originalHealthyThreshold: Int?
        package var lastChange: String?
        package var setIntervalSeconds: Int64?
        package var corrections: [String] = []

        private enum CodingKeys: String, CodingKey {
            case originalIntervalSeconds = "original_interval_seconds"
            case originalTimeoutSeconds = "original_timeout_seconds"
            case originalHealthyThreshold = "original_healthy_threshold"
            case lastChange = "last_change"
            case setIntervalSeconds = "set_interval_seconds"
            case corrections
        }

        package init() {}
    }
}
