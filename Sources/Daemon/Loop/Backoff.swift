/// How long to wait before the next try after failures in a row.
///
/// Doubles from `shortest` to `longest`; each wait is drawn between half and all of that, so that daemons
/// that lost a server together do not come back together.
package struct Backoff: Sendable {
    package var shortest: Duration
    package var longest: Duration
    private var failures = 0

    package init(shortest: Duration, longest: Duration) {
        self.shortest = shortest
        self.longest = longest
    }

    /// The wait after one more failure.
    package mutating func next(using random: inout some RandomNumberGenerator) -> Duration {
        // Twenty doublings are past every longest wait.
        let full = min(longest, shortest * (1 << min(failures, 20)))
        failures += 1
        return full / 1000 * Int.random(in: 500...1000, using: &random)
    }

    /// Starts over after a success.
    package mutating func reset() {
        failures = 0
    }
}
