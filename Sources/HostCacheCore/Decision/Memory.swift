/// What must be remembered of one server over restarts of the daemon.
package struct Memory: Hashable, Sendable {
    package var flushes = FlushHistory()
    package var raises = RaiseMemory()
    /// `Aborted_connects*` at the last flush; nil when none is known in this life of the server.
    package var abortedAtFlush: UInt64?

    package init() {}
}

/// Counts that only grow, over flushes and restarts.
package struct Counters: Hashable, Sendable {
    /// `COUNT_HANDSHAKE_ERRORS` seen to arrive.
    package var handshakeErrors: UInt64 = 0
    /// `COUNT_HOST_BLOCKED_ERRORS` seen to arrive.
    package var blockedConnections: UInt64 = 0
    /// Flushes sent, whatever came of them.
    package var flushes: [FlushTrigger: UInt64] = [:]
    /// Flushes that failed, were refused, or had no effect.
    package var flushFailures: UInt64 = 0
    /// Changes of `max_connect_errors` that took effect.
    package var limitChanges: UInt64 = 0
    /// Actions that were due and not done.
    package var suppressed: [Suppression.Kind: UInt64] = [:]

    package init() {}
}
