/// The health-check interval that a server's forecast counts with.
package enum IntervalInForce {
    /// How long the last reading of a group stands for it once AWS cannot be read.
    package static let longestSilence = Duration.seconds(3600)

    /// One reading of a group's interval.
    package struct Reading: Hashable, Sendable {
        package var interval: Duration
        /// How long ago it was read.
        package var age: Duration

        package init(interval: Duration, age: Duration) {
            self.interval = interval
            self.age = age
        }
    }

    /// The shortest known; `assumed` when none is known.
    ///
    /// - Parameters:
    ///   - readings: One for each group the server lists; nil for one that was never read.
    ///   - assumed: `assumed_health_check_interval`.
    /// - Returns: The interval to count with where it is not known which load balancer an address belongs to.
    package static func of(_ readings: [Reading?], assumed: Duration) -> Duration {
        readings.compactMap(\.self).filter { $0.age <= longestSilence }.map(\.interval).min() ?? assumed
    }
}
