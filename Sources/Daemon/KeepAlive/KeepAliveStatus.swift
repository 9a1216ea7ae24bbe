package import HostCacheCore

/// What is known of a server's keep-alive logins, for metrics.
package struct KeepAliveStatus: Hashable, Sendable {
    /// From one login to the next; nil while nobody can be blocked.
    package var period: Duration?
    /// Every address logged in through, and whether its errors have been set to zero lately enough.
    package var kept: [String: Bool] = [:]
    /// Logins tried, by what they showed.
    package var logins: [KeepAliveOutcome: UInt64] = [:]

    package init() {}
}
