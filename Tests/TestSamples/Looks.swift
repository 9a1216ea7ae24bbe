package import HostCacheCore

extension ServerVersion {
    package static let mariadb = ServerVersion(flavour: .mariadb, major: 10, minor: 11, patch: 19)
    /// Has `TRUNCATE` and `FLUSH`.
    package static let mysql80 = ServerVersion(flavour: .mysql, major: 8, minor: 0, patch: 44)
    /// Has `TRUNCATE` only.
    package static let mysql97 = ServerVersion(flavour: .mysql, major: 9, minor: 7, patch: 4)
}

extension ServerSettings {
    /// A server that shows its host cache, unless told otherwise.
    package static func sample(
        _ version: ServerVersion = .mysql97,
        performanceSchema: Bool = true,
        skipNameResolve: Bool = false,
        hostCacheSize: UInt64 = 279,
        limit: UInt64 = 5000
    ) -> Self {
        Self(
            version: version,
            performanceSchema: performanceSchema,
            skipNameResolve: skipNameResolve,
            hostCacheSize: hostCacheSize,
            maxConnectErrors: limit
        )
    }
}

extension HostCacheRow {
    /// The load balancer's address of every sample.
    package static let loadBalancer = "10.0.1.23"

    /// A validated row, first seen in the server's second 900, whose errors all count toward the block.
    package static func sample(
        _ address: String = HostCacheRow.loadBalancer,
        name: String? = nil,
        spent: UInt64 = 0,
        handshakeErrors: UInt64? = nil,
        blocked: UInt64 = 0,
        isValidated: Bool = true,
        firstSeen: Int64? = 900,
        firstErrorAge: Duration? = nil,
        lastErrorAge: Duration? = nil
    ) -> Self {
        Self(
            address: address,
            name: name,
            isValidated: isValidated,
            connectErrors: spent,
            handshakeErrors: handshakeErrors ?? spent,
            blockedConnections: blocked,
            firstSeenSecond: firstSeen,
            firstErrorAge: firstErrorAge,
            lastErrorAge: lastErrorAge
        )
    }
}

extension Privileges {
    /// All that hostcached may want.
    package static var all: Privileges {
        var privileges = Privileges()
        privileges.account = Account(user: "hostcached", host: "%")
        privileges.maySee = true
        privileges.mayTruncate = true
        privileges.mayFlush = true
        privileges.mayRaise = true
        return privileges
    }
}

extension Observation {
    /// A look at instant zero at a server that has been up for 10 000 s.
    package static func sample(
        _ settings: ServerSettings = .sample(),
        _ rows: [HostCacheRow] = [],
        abortedConnects: UInt64 = 0
    ) -> Self {
        Self(
            instant: .zero,
            identity: "8f2b6c1a",
            uptime: .seconds(10_000),
            serverSecond: 1000,
            settings: settings,
            rows: rows,
            abortedConnects: abortedConnects
        )
    }
}

extension Forecast {
    /// What the rows of one look say, with ``Policy/sample(_:)``.
    package static func sample(_ rows: [HostCacheRow], limit: UInt64 = 5000) -> Forecast {
        Forecast(
            .sample(.sample(limit: limit), rows),
            exposure: .visible,
            policy: .sample(),
            interval: .seconds(30)
        ) { _ in nil }
    }
}

extension Policy {
    /// Enforces a limit of 5000 for one load balancer, unless told otherwise.
    package static func sample(_ change: (inout Policy) -> Void = { _ in }) -> Policy {
        var policy = Policy()
        policy.isEnforcing = true
        policy.loadBalancers = [HostCacheRow.loadBalancer]
        change(&policy)
        return policy
    }
}
