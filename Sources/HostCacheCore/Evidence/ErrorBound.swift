/// The most handshake errors any one host can have made since the last flush, by a counter of the whole server.
///
/// No one host has more than all hosts together, and `Aborted_connects` counts all of them (and refused logins
/// too, so the bound is too high rather than too low). It is all that is known of a blind server.
package struct ErrorBound: Hashable, Sendable {
    /// The server's counter.
    package var counter: UInt64
    /// What was added to it since the last flush, or since the server started.
    package var spent: UInt64
    /// The server's `Uptime` when the counter began at zero: its start, or its last `FLUSH STATUS`.
    package var countedSince: Duration
    /// When the counter was last seen to change.
    package var at: Duration

    package init(counter: UInt64, spent: UInt64, countedSince: Duration, at instant: Duration) {
        self.counter = counter
        self.spent = spent
        self.countedSince = countedSince
        at = instant
    }

    /// Nothing spent since the look `seen`.
    package init(clearedAt instant: Duration, _ seen: Observation) {
        self.init(counter: seen.abortedConnects, spent: 0, countedSince: seen.countedSince, at: instant)
    }

    /// The bound after one more look.
    ///
    /// `FLUSH STATUS` sets the counter to zero (tried on MariaDB 10.11): what was spent before stays spent.
    ///
    /// - Parameters:
    ///   - earlier: The bound before; nil when none is known. One from before the server's start is dropped.
    ///   - seen: The look.
    ///   - canBlock: Whether the server counts errors at all; where it does not, nothing is spent.
    package init(_ earlier: Self?, _ seen: Observation, canBlock: Bool) {
        self.init(clearedAt: seen.instant, seen)
        spent = counter
        // Uptime has whole seconds, so the computed start is never before the real one.
        if let earlier, earlier.at >= seen.serverStart {
            let wentOn = countedSince == earlier.countedSince && counter >= earlier.counter
            let added = wentOn ? counter - earlier.counter : counter
            spent = earlier.spent.addingSaturating(added)
            // Only a change moves it: a state file is not written again for a quiet server.
            if added == 0 { at = earlier.at }
        }
        if !canBlock { spent = 0 }
    }
}
