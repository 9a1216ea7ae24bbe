package import HostCacheCore
import Synchronization

/// Where target-group loops say which interval is in force, for the server loops that count with it.
package final class IntervalBoard: Sendable {
    fileprivate struct Entry {
        var group: TargetGroupEvidence
        var readAt: Duration
    }

    fileprivate struct State {
        var entries: [String: Entry] = [:]
        /// Since when somebody waits for the first reading of a group.
        var awaited: [String: Duration] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// How long the first reading of a group is waited for.
    package static let patience = Duration.seconds(60)
    /// The longest interval that AWS allows (API reference, ModifyTargetGroup, HealthCheckIntervalSeconds).
    private static let longest = IntervalInForce.Reading(interval: .seconds(300), age: .zero)

    /// Says what was read of a group.
    package func write(_ group: TargetGroupEvidence, at instant: Duration) {
        state.withLock { $0.entries[group.arn] = Entry(group: group, readAt: instant) }
    }

    /// Whether ``interval(of:port:assumed:awaitsReadings:at:)`` waits for a reading, so that it may be another soon.
    package func isAwaiting(_ arns: [String], at instant: Duration) -> Bool {
        state.withLock { state in
            arns.contains { state.entries[$0] == nil && state.isAwaited($0, at: instant) }
        }
    }

    /// The interval in force for a server that lists these groups.
    ///
    /// A group whose check does not open connections to `port` makes no errors there, so it says nothing.
    ///
    /// - Parameters:
    ///   - arns: The groups that the server lists.
    ///   - port: Where the server is reached; nil while that is not known, so that every group counts.
    ///   - assumed: What counts where nothing is known.
    ///   - awaitsReadings: Whether a group that was not read yet counts with the longest interval there is, for
    ///     ``patience`` at most: a start or a reload is no reason to flush.
    ///   - instant: Now.
    /// - Returns: The interval to count with.
    package func interval(
        of arns: [String],
        port: UInt16?,
        assumed: Duration,
        awaitsReadings: Bool,
        at instant: Duration
    ) -> Duration {
        let readings = state.withLock { state in
            arns.filter { arn in
                guard let port, let entry = state.entries[arn] else { return true }
                return entry.group.touches(port: port)
            }
            .map { arn in
                state.entries[arn].map { entry in
                    IntervalInForce.Reading(
                        interval: entry.group.healthCheck.interval,
                        age: instant - entry.readAt
                    )
                } ?? (awaitsReadings && state.isAwaited(arn, at: instant) ? Self.longest : nil)
            }
        }
        return IntervalInForce.of(readings, assumed: assumed)
    }

    /// The interval of each address whose own load balancer is known by its name.
    ///
    /// - Parameters:
    ///   - addresses: What the names in `load_balancers` stand for, by name.
    ///   - arns: The groups that the server lists.
    ///   - port: Where the server is reached; nil while that is not known.
    ///   - instant: Now.
    /// - Returns: The interval by address, the shortest where several groups check from it; an address of which
    ///   nothing is known is missing.
    package func ownIntervals(
        of addresses: [String: Set<String>],
        groups arns: [String],
        port: UInt16?,
        at instant: Duration
    ) -> [String: Duration] {
        let fresh = state.withLock { state in
            arns.compactMap { state.entries[$0] }.filter { entry in
                (port.map { entry.group.touches(port: $0) } ?? true)
                    && instant - entry.readAt <= IntervalInForce.longestSilence
            }.map(\.group)
        }
        var own: [String: Duration] = [:]
        for (name, addresses) in addresses {
            let groups = fresh.filter { $0.isUsed(byLoadBalancerNamed: name) }
            guard let interval = groups.map(\.healthCheck.interval).min() else { continue }
            own.merge(addresses.map { ($0, interval) }, uniquingKeysWith: min)
        }
        return own
    }
}

extension IntervalBoard.State {
    fileprivate mutating func isAwaited(_ arn: String, at instant: Duration) -> Bool {
        let since = awaited[arn] ?? instant
        awaited[arn] = since
        return instant - since < IntervalBoard.patience
    }
}
