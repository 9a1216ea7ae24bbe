import HostCacheCore
import TestSamples

extension ServerVersion {
    static func mysql(_ major: UInt16, _ minor: UInt16, _ patch: UInt16) -> Self {
        Self(flavour: .mysql, major: major, minor: minor, patch: patch)
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
