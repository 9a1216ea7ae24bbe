import HostCacheCore
import Synchronization

/// Where target-group loops say which interval is in force, for the server loops that count with it.
package final class IntervalBoard: Sendable {
    private struct Entry {
        var interval: Duration
        var readAt: Duration
    }

    private let entries = Mutex<[String: Entry]>([:])

    package init() {}

    /// Says what was read of a group.
    package func write(_ arn: String, interval: Duration, at instant: Duration) {
        entries.withLock { $0[arn] = Entry(interval: interval, readAt: instant) }
    }

    /// The interval in force for a server that lists these groups.
    package func interval(of arns: [String], assumed: Duration, at instant: Duration) -> Duration {
        guard !arns.isEmpty else { return assumed }
        let readings = entries.withLock { entries in
            arns.map { arn in
                entries[arn].map { IntervalInForce.Reading(interval: $0.interval, age: instant - $0.readAt) }
            }
        }
        return IntervalInForce.of(readings, assumed: assumed)
    }
}
