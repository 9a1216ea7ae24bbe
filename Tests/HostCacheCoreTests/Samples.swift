import HostCacheCore

extension ServerVersion {
    static let mariadb = ServerVersion(flavour: .mariadb, major: 10, minor: 11, patch: 19)
    static let mysql = ServerVersion(flavour: .mysql, major: 9, minor: 7, patch: 4)

    static func mysql(_ major: UInt16, _ minor: UInt16, _ patch: UInt16) -> Self {
        Self(flavour: .mysql, major: major, minor: minor, patch: patch)
    }
}

extension ServerSettings {
    /// A MySQL server whose table shows the host cache, unless told otherwise.
    static func sample(
        _ version: ServerVersion = .mysql,
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
    /// A validated row first seen in second 1000 whose errors all count toward the block.
    static func sample(
        _ address: String = "10.0.1.23",
        spent: UInt64 = 0,
        handshakeErrors: UInt64? = nil,
        blocked: UInt64 = 0,
        isValidated: Bool = true,
        firstSeen: Int64? = 1000,
        firstErrorAge: Duration? = nil
    ) -> Self {
        Self(
            address: address,
            name: nil,
            isValidated: isValidated,
            connectErrors: spent,
            handshakeErrors: handshakeErrors ?? spent,
            blockedConnections: blocked,
            firstSeenSecond: firstSeen,
            firstErrorAge: firstErrorAge,
            lastErrorAge: nil
        )
    }
}

extension Observation {
    /// A look at a server that started 10 000 s before instant zero, whose clock said 1000 then.
    static func sample(
        at seconds: Int64,
        _ rows: [HostCacheRow] = [],
        settings: ServerSettings = .sample(),
        uptime: Duration? = nil,
        abortedConnects: UInt64 = 0
    ) -> Self {
        Self(
            instant: .seconds(seconds),
            identity: "orders",
            uptime: uptime ?? .seconds(10_000 + seconds),
            serverSecond: 1000 + seconds,
            settings: settings,
            rows: rows,
            abortedConnects: abortedConnects
        )
    }
}
