/// A host name of RDS that does not lead to one server process for good.
///
/// The host cache belongs to a process, so what is seen through such a name may be of another process than
/// what a flush empties. Names as AWS forms them: `NAME.cluster-ro-ID.REGION.rds.amazonaws.com`, in China
/// `NAME.cluster-ro-ID.rds.REGION.amazonaws.com.cn`. Sources: the Aurora user guide, "Amazon Aurora endpoint
/// connections"; the RDS user guide, "RDS Proxy endpoints"; the patterns in `RdsUtils.java` of AWS's JDBC
/// driver.
package enum RDSEndpoint: Hashable, Sendable, CaseIterable {
    /// Leads to the writer of an Aurora cluster: to another instance after a failover.
    case writer
    /// Leads to any reader of an Aurora cluster.
    case reader
    /// Leads to any of some instances of an Aurora cluster.
    case custom
    /// Leads to an RDS Proxy, which has no host cache and shares its connections to the servers.
    case proxy
}

extension RDSEndpoint {
    /// What kind of endpoint `host` is; nil for an instance's endpoint and every name that is not of RDS.
    package init?(host: String) {
        let name = host.hasSuffix(".") ? host.dropLast() : host[...]
        let labels = name.lowercased().split(separator: ".", omittingEmptySubsequences: false)
        guard labels.suffix(2) == ["amazonaws", "com"] || labels.suffix(3) == ["amazonaws", "com", "cn"],
            labels.contains("rds")
        else { return nil }
        // The first label is the user's own and may read like any of these.
        let kinds = labels.dropFirst().lazy.compactMap { Self($0) }
        guard let kind = kinds.first else { return nil }
        self = kind
    }

    /// By the label with AWS's identifier of the customer; the longer prefixes first.
    private init?(_ label: Substring) {
        if label.hasPrefix("cluster-ro-") {
            self = .reader
        } else if label.hasPrefix("cluster-custom-") {
            self = .custom
        } else if label.hasPrefix("proxy-") {
            self = .proxy
        } else if label.hasPrefix("cluster-") || label.hasPrefix("global-") {
            self = .writer
        } else {
            return nil
        }
    }

    /// What it is, for a person: `an Aurora reader endpoint`.
    package var name: String {
        switch self {
        case .writer: "an Aurora writer endpoint"
        case .reader: "an Aurora reader endpoint"
        case .custom: "an Aurora custom endpoint"
        case .proxy: "an RDS Proxy endpoint"
        }
    }

    /// Why that matters.
    package var reason: String {
        switch self {
        case .writer:
            "after a failover it leads to another instance, and the one before is no longer watched"
        case .reader, .custom:
            "each connection may lead to another instance, and each instance has a host cache of its own"
        case .proxy:
            "the proxy has no host cache, and which server it leads to changes with each statement"
        }
    }

    /// What to configure instead.
    package var remedy: String {
        "write a [[server]] with the instance endpoint (NAME.ID.REGION.rds.amazonaws.com) for each instance"
    }

    /// Whether acting through it could hit another server than the one that was looked at.
    package var isRefusedInEnforce: Bool { self != .writer }
}

extension DaemonConfiguration.Server.Address {
    /// What kind of RDS endpoint it is; nil where it leads to one server process for good, as far as a name
    /// tells.
    package var rdsEndpoint: RDSEndpoint? {
        switch self {
        case .tcp(let host, _): RDSEndpoint(host: host)
        case .socket: nil
        }
    }
}
