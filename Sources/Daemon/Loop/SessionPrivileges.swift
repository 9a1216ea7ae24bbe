import HostCacheCore

/// What the account could do when a connection was made, to know when a new one is wanted.
///
/// A server takes global privileges and roles into a session when it begins, and `SHOW GRANTS` tells what new
/// sessions get (MySQL manual, "When Privilege Changes Take Effect"; MariaDB the same, tried on 10.11).
struct SessionPrivileges {
    private let first: Observation

    /// How long a session without a needed privilege is kept: a role that was made active shows in the next only.
    private static let patience = Duration.seconds(600)

    /// - Parameter first: The first look of the connection.
    init(first: Observation) {
        self.first = first
    }

    /// Whether a new connection may do more or less than this one.
    func isOutdated(by seen: Observation, policy: Policy) -> Bool {
        if !seen.privileges.areTheSame(to: first.privileges) { return true }
        return seen.instant - first.instant >= Self.patience
            && policy.missing(from: seen).contains(where: \.isNeeded)
    }
}
