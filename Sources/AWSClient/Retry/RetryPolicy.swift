/// When to try again, as in the "standard" mode of AWS's SDKs.
///
/// Numbers from botocore 1.44 `retries/standard.py` and
/// https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html. On top of them, HTTP's own
/// `Retry-After` counts as the shortest delay, up to the longest.
package struct RetryPolicy: Hashable, Sendable {
    /// In total, the first included.
    package var maxAttempts: Int
    /// The longest delay, for whatever reason.
    package var longestDelay: Duration

    package init(maxAttempts: Int, longestDelay: Duration) {
        self.maxAttempts = maxAttempts
        self.longestDelay = longestDelay
    }

    package static let standard = RetryPolicy(maxAttempts: 3, longestDelay: .seconds(20))

    /// Decides after a failed attempt.
    ///
    /// - Parameters:
    ///   - attempt: The number of the attempt that failed, from 1.
    ///   - error: Why it failed.
    ///   - isRepeatable: Whether doing it twice is the same as doing it once.
    ///   - random: Evenly drawn from 0 up to but not including 1, anew for each decision.
    /// - Returns: To give up, with the reason, or to try again after a delay.
    package func decide(
        after attempt: Int,
        _ error: AWSError,
        isRepeatable: Bool,
        random: Double
    ) -> RetryDecision {
        guard error.isRetryable else { return .giveUp(.notRetryable) }
        guard isRepeatable || !error.outcomeIsUnknown else { return .giveUp(.notRepeatable) }
        guard attempt < maxAttempts else { return .giveUp(.attemptsSpent) }
        // Twenty doublings are past every longest delay.
        let ceiling = min(longestDelay, error.shortestCeiling * (1 << min(attempt - 1, 20)))
        // Full jitter, so that clients that failed together do not come back together.
        let jittered = ceiling * random
        let cost = error.isThrottling ? 5 : 14
        return switch error.retryAfter {
        case nil: .retry(after: jittered, cost: cost)
        case .amazon(let wish): .retry(after: min(max(wish, jittered), jittered + .seconds(5)), cost: cost)
        case .http(let wish): .retry(after: min(max(wish, jittered), longestDelay), cost: cost)
        }
    }
}

extension AWSError {
    /// The longest delay before the second attempt.
    fileprivate var shortestCeiling: Duration { isThrottling ? .seconds(1) : .milliseconds(50) }
}
