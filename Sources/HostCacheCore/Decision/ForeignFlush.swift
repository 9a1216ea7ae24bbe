/// What somebody else's `FLUSH` on a blind server is allowed to change: very little.
///
/// `Com_flush` counts every kind of FLUSH, refused ones too (tried on MariaDB 10.11), so one that is not ours
/// may have been of the host cache or of anything else. It therefore never lowers what is spent and never
/// moves the schedule. It only holds a flush that is due, for the minimum gap and once: two daemons are not
/// to flush one after the other, and whoever flushes tables all day is not to hold a flush for ever.
struct ForeignFlush: Hashable, Sendable {
    /// `Com_flush` at the look before; nil when it is not known.
    private var counter: UInt64?
    /// Our own FLUSH statements since then, whatever came of them.
    private var ours: UInt64 = 0
    /// The look at which a FLUSH that is not ours was last found; nil when none was.
    private var last: Duration?
    /// Since when a due flush is held for it; nil while none is.
    private var holdsSince: Duration?

    /// Records a statement of our own; only `FLUSH` is counted by the server.
    mutating func sent(_ statement: FlushStatement) {
        if statement == .flush { ours += 1 }
    }

    /// Takes one look in; whether it found a FLUSH that is not ours.
    mutating func take(_ seen: Observation) -> Bool {
        defer {
            counter = seen.flushCommands
            ours = 0
        }
        guard let before = counter, let now = seen.flushCommands, now > before, now - before > ours else {
            return false
        }
        last = seen.instant
        return true
    }

    /// No flush is due, or one is sent: the next one may be held anew.
    mutating func release() {
        holdsSince = nil
    }

    /// Until when a flush that is due at `instant` is held; nil when it is not.
    mutating func hold(at instant: Duration, upTo patience: Duration) -> Duration? {
        guard let last else { return nil }
        let since = holdsSince ?? instant
        let end = min(last, since) + patience
        guard instant < end else { return nil }
        holdsSince = since
        return end
    }
}
