import FoundationEssentials
import SystemdSupport

/// Wall time as a duration since 1970 in UTC, and as text.
package enum WallClock {
    /// The time of day the machine has, to the microsecond.
    package static var now: Duration { LogTime.now() }

    /// As ISO 8601 in UTC with milliseconds, rounded down: `2026-11-23T02:31:00.125Z`.
    package static func text(_ time: Duration) -> String {
        // Not by a `Date`: its binary fraction of a second comes out a millisecond early half of the time.
        LogTime.text(time)
    }

    /// Reads what ``text(_:)`` writes; nil for anything else.
    package static func parse(_ text: String) -> Duration? {
        // Why it is no time does not matter: the caller says what it stood for.
        (try? style.parse(text)).map { .milliseconds(Int64(($0.timeIntervalSince1970 * 1000).rounded())) }
    }

    /// Seconds with a fraction, for metrics.
    package static func seconds(_ time: Duration) -> Double {
        Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
}
