extension DaemonConfiguration {
    /// One server process to watch, with the defaults filled in.
    package struct Server: Hashable, Sendable {
        /// Unique, not empty, no control characters.
        package let name: String
        package let address: Address
        package let user: String
        /// Resolved against the credentials or the configuration's folder; nil means no password.
        package let passwordFile: String?
        /// Enforce only where both the server and the top of the file say so.
        package let mode: Mode
        /// What may be done in enforce; never empty.
        package let actions: Set<Action>
        /// The limit wanted, 1 to 4294967295.
        package let maxConnectErrors: UInt32
        package let raiseWith: RaiseMethod
        package let flushWith: FlushMethod
        /// Nil: load balancers where their addresses are known, else any.
        package let flushFor: FlushScope?
        /// IP addresses in the text form that the host cache shows, link-local ones perhaps with their zone
        /// (`fe80::1%eth0`), and ranges (`35.191.0.0/16`); without repetition.
        package let loadBalancers: [String]
        /// Host names of further load balancers, in lower case, without repetition.
        package let loadBalancerNames: [String]
        /// 1 s to 1 h.
        package let checkInterval: Duration
        /// Handshake errors that one health check is assumed to cost, 1 to 1000.
        package let errorsPerHealthCheck: Int
        /// 5 s to 300 s.
        package let assumedHealthCheckInterval: Duration
        /// Share of the window after which a flush is due, 0.05 to 0.9.
        package let flushWithin: Fraction
        /// Share of the limit that may be spent before a flush, 0.05 to 0.9.
        package let flushAt: Fraction
        /// 1 s to 1 h.
        package let minFlushGap: Duration
        /// 1 to 3600.
        package let maxFlushesPerHour: Int
        /// 1 s to 60 s.
        package let connectTimeout: Duration
        /// 1 s to 60 s.
        package let queryTimeout: Duration
        package let tls: TLS
        /// ARNs of the target groups whose targets it is, without repetition.
        package let targetGroups: [String]
        /// Whether the interval may be set where two or more targets make failover slow.
        package let acceptSlowFailover: Bool
        /// Whether the interval may be set on target groups that somebody else manages.
        package let adopt: Bool
        /// Nil: no logins through the load balancer.
        package let keepAlive: KeepAlive?
    }
}
