/// What to do after a failed attempt.
package enum RetryDecision: Hashable, Sendable {
    /// Why there is no other attempt.
    package enum Reason: Hashable, Sendable {
        /// There were as many attempts as are allowed.
        case attemptsSpent
        /// It would fail again.
        case notRetryable
        /// It may have been done, and doing it twice is not the same as doing it once.
        case notRepeatable
    }

    /// Try again after the delay, if the quota has that many tokens left.
    case retry(after: Duration, cost: Int)
    case giveUp(Reason)
}
