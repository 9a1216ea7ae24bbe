import HostCacheCore
import Logging

extension ServerLog {
    /// Tells when a server turns out to be blind or unable to block, and when it is so no longer.
    ///
    /// The usual case, a host cache that is seen, is told only when it follows another.
    mutating func explain(_ exposure: Exposure, _ seen: Observation) {
        switch exposure {
        case .visible:
            guard knows(Self.exposure) != nil else { return }
            tell(
                Self.exposure,
                "visible",
                .notice,
                "the host cache can be seen, and the server blocks hosts",
                [.version: "\(seen.settings.version)", .limit: "\(seen.limit)"]
            )
        case .blind where seen.reading.isUnreadable && seen.privileges.maySee != false:
            guard case .unreadable(let obstacle, let detail) = seen.reading else { return }
            tell(
                Self.exposure,
                "blind: \(obstacle)",
                .warning,
                "the rows of the host cache could not be read, it is judged by its counter until they can",
                [.reason: obstacle.sentence, .error: detail, .advice: obstacle.advice ?? ""]
            )
        case .blind:
            let isShown = seen.settings.showsHostCache
            tell(
                Self.exposure,
                isShown ? "blind by privilege" : "blind",
                .warning,
                "the host cache cannot be seen, flushes go by the clock",
                [
                    .version: "\(seen.settings.version)", .limit: "\(seen.limit)",
                    .reason: isShown ? "privilege" : "performance_schema is OFF",
                    .advice: isShown
                        ? "grant \(Grant.see)"
                        : "performance_schema = ON in my.cnf shows it from the server's next restart on",
                ]
            )
        case .cannotBlock(let cause):
            tell(
                Self.exposure,
                cause.setting,
                .notice,
                "this server cannot block anyone",
                [.reason: cause.setting]
            )
        }
    }

    private static let exposure = "exposure"
}
