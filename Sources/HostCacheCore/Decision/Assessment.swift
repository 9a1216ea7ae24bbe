/// What one look means and what is to be done about it.
package struct Assessment: Hashable, Sendable {
    /// What to do now.
    package enum Decision: Hashable, Sendable {
        /// Nothing is due, or what is due is suppressed.
        case hold
        /// Raise the limit, read back, look again.
        case raise(RaiseStatement, to: UInt64)
        /// Flush with the first statement that works, then verify.
        case flush([FlushStatement], FlushTrigger)
    }

    /// Something that happened since the look before.
    package enum Event: Hashable, Sendable {
        /// `Uptime` fell.
        case serverRestarted
        /// Somebody else flushed the host cache.
        case flushObserved
        /// Somebody else sent a FLUSH to a blind server; nothing tells whether it was of the host cache.
        case flushPossible
        /// By the clock a flush is due, but nothing is spent.
        case flushSkipped
        /// A flush whose outcome was unknown was looked up.
        case unknownFlushResolved(FlushOutcome)
        /// A raise whose answer was lost was looked up: whether the limit it set is in force.
        case unknownRaiseResolved(isInForce: Bool)
        /// Somebody keeps lowering the limit; it is only reported from here on.
        case raiseLatched
    }

    package var forecast: Forecast
    /// The most errors that any one host can have by the whole server's counter.
    package var bound: ErrorBound
    package var decision: Decision
    /// Why a flush is due, whether or not it is sent.
    package var trigger: FlushTrigger?
    /// Whether another daemon is to act first.
    package var leadership: Leadership
    /// When the schedule wants the next flush; nil when nothing is due.
    package var dueAt: Duration?
    package var suppressed: [Suppression]
    package var railFit: GuardRailFit
    package var raise: RaiseMemory.Verdict
    package var events: [Event]
    /// Whether the limit in force is ours and the server forgets it at a restart.
    package var raisedWithoutPersistence: Bool
    /// How long to wait until the next look: one second at least.
    package var nextLook: Duration
}
