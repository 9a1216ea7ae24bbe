extension DaemonConfiguration.Server {
    /// What may be done about a server in enforce.
    package enum Action: String, CaseIterable, Sendable {
        /// Empty the host cache.
        case flush
        /// Raise the limit.
        case raise
        /// Set the health-check interval of its target groups.
        case interval
        /// Log in through its load balancer.
        case keepAlive = "keep-alive"
    }

    /// How the limit is raised.
    package enum RaiseMethod: String, CaseIterable, Sendable {
        /// What the server's flavour and version take.
        case auto
        /// `SET PERSIST`
        case persist
        /// `SET GLOBAL`
        case global
        case never
    }

    /// How the host cache is flushed.
    package enum FlushMethod: String, CaseIterable, Sendable {
        /// What the server's flavour and version take.
        case auto
        /// `SET GLOBAL host_cache_size = @@global.host_cache_size`
        case resize
        /// `FLUSH NO_WRITE_TO_BINLOG HOSTS`
        case flush
        /// `TRUNCATE TABLE performance_schema.host_cache`
        case truncate
    }

    /// Whose rows count for a flush.
    package enum FlushScope: String, CaseIterable, Sendable {
        case loadBalancers = "load-balancers"
        case any
    }

    /// How the connection is protected.
    package enum TLS: Hashable, Sendable {
        case disabled
        /// The certificate must be valid for the host's name; nil `authorities` are the system's.
        case verifyIdentity(authorities: String?)
        /// The certificate must have this SHA-1 fingerprint: 40 hexadecimal digits in lower case.
        case fingerprint(String)
    }
}
