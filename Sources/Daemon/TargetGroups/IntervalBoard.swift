package import HostCacheCore
import Synchronization

/// Where target-group loops say which interval is in force, for the server loops that count with it.
package final class IntervalBoard: Sendable {
    private struct Entry {
        var group: TargetGroupEvidence
        var readAt: Duration
    }

    private let entries = Mutex<[String: Entry]>([:])

    package init() {}

    /// Says what was read of a group.
    package func write(_ group: TargetGroupEvidence, at instant: Duration) {
        entries.withLock { $0[group.arn] = Entry(group: group, readAt: instant) }
    }

    /// The interval in force for a server that lists these groups.
    ///
    /// A group whose check does not open connections to `port` makes no errors there, so it says nothing.
    package func interval(
        of arns: [String],
        port: UInt16,
        assumed: Duration,
        at instant: Duration
    ) -> Duration {
        let readings = entries.withLock { entries in
            arns.filter { entries[$0]?.group.touches(port: port) ?? true }.map { arn in
                entries[arn].map { entry in
                    IntervalInForce.Reading(
                        interval: entry.group.healthCheck.interval,
                        age: instant - entry.readAt
                    )
                }
            }
        }
        return IntervalInForce.of(readings, assumed: assumed)
    }
}
