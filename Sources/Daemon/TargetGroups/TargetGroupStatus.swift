package import HostCacheCore
import Synchronization

/// What is known of one target group now, for metrics and the log.
package struct TargetGroupStatus: Hashable, Sendable {
    package var arn: String
    package var wanted: Duration
    /// The interval read last; nil before the first look and while the group cannot be read.
    package var interval: Duration?
    /// Why a short interval is left alone, as the metric names it; nil when nothing is held.
    package var held: String?

    package init(arn: String, wanted: Duration) {
        self.arn = arn
        self.wanted = wanted
    }

    /// Whether the interval is shorter than wanted on a check that counts; false while unknown.
    package var drifts: Bool { !Self.elsewhere.contains(held) && interval.map { $0 < wanted } ?? false }

    /// Where the check is not known to reach the server.
    private static let elsewhere: Set<String?> = ["other_check", "port_unknown"]

    /// Every reason, as metrics name them.
    package static let heldReasons = [
        "other_check", "port_unknown", "never_succeeds", "slow_failover", "managed", "observe_mode",
        "action_off",
        "latched", "failed",
    ]
}

extension IntervalMemory.Held {
    /// The reason as metrics name it; one of ``TargetGroupStatus/heldReasons``.
    package var reason: String {
        switch self {
        case .otherCheck: "other_check"
        case .portUnknown: "port_unknown"
        case .neverSucceeds: "never_succeeds"
        case .slowFailover: "slow_failover"
        case .managed: "managed"
        case .observeMode: "observe_mode"
        case .actionOff: "action_off"
        case .latched: "latched"
        case .retries: "failed"
        }
    }
}
