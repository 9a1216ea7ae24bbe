/// The logins through one address of a load balancer.
package struct KeepAliveTarget: Hashable, Sendable {
    /// What the last login showed; nil before the first.
    package private(set) var outcome: KeepAliveOutcome?
    private var lastTry: Duration?
    private var lastProved: Duration?
    /// The addresses that the server saw at the last login that proved itself; empty before that.
    private var seen: Set<String> = []
    /// Errors of a blind server that had come at the last login.
    private var arrived: UInt64 = 0
    /// Failures in a row.
    private var failures = 0

    package init() {}

    private static let shortestRetry = Duration.seconds(5)
    /// The longest wait after failures is the period, within these bounds.
    private static let longestRetry = Duration.seconds(60)...Duration.seconds(300)

    /// When the next login is due; in the past, or zero, when it is overdue.
    ///
    /// By the clock, and at once when a look since the last login shows that `flush_at` is reached. A login that
    /// failed, or of which nobody knows what it did, is not repeated sooner than after ``shortestRetry`` then.
    ///
    /// - Parameters:
    ///   - plan: The period.
    ///   - evidence: The last look; nil before the first.
    /// - Returns: The moment, on the evidence's scale.
    package func dueAt(_ plan: KeepAlivePlan, _ evidence: KeepAliveEvidence?) -> Duration {
        guard let lastTry else { return .zero }
        let isPressed = evidence.map(isPressed) ?? false
        if isPressed { return lastTry + (outcome == .proved ? .zero : Self.shortestRetry) }
        guard failures > 0 else { return lastTry + plan.period }
        let longest = min(max(plan.period, Self.longestRetry.lowerBound), Self.longestRetry.upperBound)
        return lastTry + min(longest, Self.shortestRetry * (1 << min(failures - 1, 10)))
    }

    /// Whether a login would help against what a look shows.
    private func isPressed(by evidence: KeepAliveEvidence) -> Bool {
        // Where the server sees ourselves, nothing helps.
        guard let lastTry, evidence.at > lastTry, outcome != .ownAddress else { return false }
        if let unseen = evidence.unseen {
            // A server that was restarted counts from the beginning.
            let base = arrived <= unseen.arrived ? arrived : 0
            return unseen.arrived - base >= unseen.budget
        }
        // As long as no login has proved itself, any of them may be this one's.
        return seen.isEmpty
            ? !evidence.pressed.isEmpty : evidence.pressed.keys.contains { seen.contains($0) }
    }

    /// Whether the address's errors have been set to zero lately enough that it cannot be blocked.
    ///
    /// Only then does the login count as a remedy. What a look has shown since then counts for more than the plan.
    package func isKept(_ plan: KeepAlivePlan, _ evidence: KeepAliveEvidence?, at instant: Duration) -> Bool {
        guard let lastProved, outcome != .ownAddress else { return false }
        if let evidence, evidence.at > lastProved,
            evidence.pressed.contains(where: { $0.value && seen.contains($0.key) })
        {
            return false
        }
        return plan.keepsUp && instant - lastProved <= plan.holds
    }

    /// Takes note of a login.
    ///
    /// - Parameters:
    ///   - outcome: What it showed.
    ///   - seen: The addresses that the server saw; empty where it failed.
    ///   - evidence: The last look before it.
    ///   - instant: When it ended.
    package mutating func note(
        _ outcome: KeepAliveOutcome,
        seen: Set<String>,
        _ evidence: KeepAliveEvidence?,
        at instant: Duration
    ) {
        self.outcome = outcome
        lastTry = instant
        failures = outcome == .failed ? failures + 1 : 0
        guard outcome != .failed else { return }
        arrived = evidence?.unseen?.arrived ?? 0
        guard outcome == .proved else { return }
        lastProved = instant
        self.seen = seen
    }
}
