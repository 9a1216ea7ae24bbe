/// The logins through one address of a load balancer.
package struct KeepAliveTarget: Hashable, Sendable {
    /// What the last login showed; nil before the first.
    package private(set) var outcome: KeepAliveOutcome?
    private var lastTry: Duration?
    private var lastProved: Duration?
    /// Failures in a row.
    private var failures = 0

    package init() {}

    private static let shortestRetry = Duration.seconds(5)
    /// The longest wait after failures is the period, within these bounds.
    private static let longestRetry = Duration.seconds(60)...Duration.seconds(300)

    /// When the next login is due; in the past, or zero, when it is overdue.
    package func dueAt(_ plan: KeepAlivePlan) -> Duration {
        guard let lastTry else { return .zero }
        guard failures > 0 else { return lastTry + plan.period }
        let longest = min(max(plan.period, Self.longestRetry.lowerBound), Self.longestRetry.upperBound)
        return lastTry + min(longest, Self.shortestRetry * (1 << min(failures - 1, 10)))
    }

    /// Whether the address's errors have been set to zero lately enough that it cannot be blocked.
    ///
    /// Only then does the login count as a remedy.
    package func isKept(_ plan: KeepAlivePlan, at instant: Duration) -> Bool {
        guard let lastProved, outcome != .ownAddress else { return false }
        return plan.keepsUp && instant - lastProved <= plan.holds
    }

    /// Takes note of a login.
    package mutating func note(_ outcome: KeepAliveOutcome, at instant: Duration) {
        self.outcome = outcome
        lastTry = instant
        failures = outcome == .failed ? failures + 1 : 0
        if outcome == .proved { lastProved = instant }
    }
}
