/// Tokens for retries, so that an outage does not multiply the load: nobody retries for long without success.
///
/// As in botocore 1.44 `retries/standard.py`: retries take tokens; a success gives back what its last retry
/// took, and one token when it took none.
package struct RetryQuota: Hashable, Sendable {
    package static let capacity = 500

    /// From 0 to ``capacity``.
    package private(set) var tokens = capacity

    package init() {}

    /// Takes tokens for a retry; false, and nothing taken, when there are not enough.
    package mutating func take(_ cost: Int) -> Bool {
        guard cost <= tokens else { return false }
        tokens -= cost
        return true
    }

    /// After a success whose last retry took `cost`; 0 when the first attempt succeeded.
    package mutating func giveBack(_ cost: Int) {
        tokens = min(Self.capacity, tokens + max(1, cost))
    }
}
