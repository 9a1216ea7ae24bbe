/// What is known of earlier changes of one target group's interval.
package struct IntervalMemory: Hashable, Sendable {
    /// The settings before our first change; nil when we cannot have changed them.
    package var original: IntervalChange?
    /// The last change that took effect.
    package var last: Duration?
    /// The interval that it set; nil as ``last``.
    package var set: Duration?
    /// Corrections after somebody set another interval, of the last day.
    package var corrections: [Duration] = []
    /// Somebody keeps setting it: from here on it is only reported.
    package var isLatched = false
    /// No change before this moment: the last one failed.
    package var retryAt: Duration?
    /// Changes that were refused one after another, as far as this process knows.
    private var refusals = 0

    /// How often a reverted interval is corrected in a day.
    package static let correctionsPerDay = 2
    /// How long a failed change waits for its next try; each refusal in a row doubles it, up to the longest.
    package static let retryDelays = (first: Duration.seconds(300), longest: Duration.seconds(3600))

    package init() {}

    /// What to do about an interval.
    package enum Verdict: Hashable, Sendable {
        /// It is as long as wanted, or longer.
        case notNeeded
        case change(IntervalChange)
        case held(Held)
    }

    /// Why an interval that is too short is left alone.
    package enum Held: Hashable, Sendable {
        /// The check does not touch the watched server's port: it counts nothing there.
        case otherCheck
        /// It may touch it: a server behind a socket has not told its port yet.
        case portUnknown
        /// The check touches that port and speaks HTTP or TLS: MySQL never passes it, at any interval.
        case neverSucceeds
        /// Two or more targets, and `accept_slow_failover` is not set.
        case slowFailover(targets: Int)
        /// Somebody else looks after the group, and `adopt` is not set.
        case managed(TargetGroupEvidence.Manager)
        /// The servers that list it are not all in `enforce`.
        case observeMode
        /// Not all servers that list it have `interval` among their actions.
        case actionOff
        /// Somebody set it back again and again.
        case latched
        /// The last try failed.
        case retries(at: Duration)
    }

    /// Judges one look at a group; latches when it was set back too often.
    package mutating func verdict(
        _ group: TargetGroupEvidence,
        policy: IntervalPolicy,
        at instant: Duration
    ) -> Verdict {
        guard policy.watchedPorts.contains(where: { group.touches(port: $0) }) else {
            return .held(policy.serversWithoutPort.isEmpty ? .otherCheck : .portUnknown)
        }
        guard group.healthCheck.canSucceed else { return .held(.neverSucceeds) }
        guard group.healthCheck.interval < policy.wanted else { return .notNeeded }
        if group.liveTargets.count >= 2, !policy.acceptsSlowFailover {
            return .held(.slowFailover(targets: group.liveTargets.count))
        }
        if let manager = group.manager, !policy.adopts { return .held(.managed(manager)) }
        guard policy.isEnforcing else { return .held(.observeMode) }
        guard policy.isAllowed else { return .held(.actionOff) }
        if set == policy.wanted, todays(instant).count >= Self.correctionsPerDay { isLatched = true }
        guard !isLatched else { return .held(.latched) }
        // Further ahead than one delay it cannot be: a wall clock was set back since.
        if let retryAt, instant < retryAt, retryAt - instant <= Self.retryDelays.longest {
            return .held(.retries(at: retryAt))
        }
        return .change(IntervalChange(group.healthCheck, policy: policy))
    }

    /// Records a change that took effect on a group that was seen as `check` before.
    ///
    /// It corrects somebody only when the same interval was set before: another one is the operator's new wish.
    package mutating func succeed(
        _ check: TargetGroupEvidence.HealthCheck,
        to interval: Duration,
        at instant: Duration
    ) {
        if set == interval { corrections = todays(instant) + [instant] }
        keepOriginal(check)
        last = instant
        set = interval
        retryAt = nil
        refusals = 0
    }

    /// Keeps the settings of before a change that took effect, or may have.
    package mutating func keepOriginal(_ check: TargetGroupEvidence.HealthCheck) {
        original = original ?? IntervalChange(keeping: check)
    }

    /// Records a change that did not take effect.
    ///
    /// - Parameters:
    ///   - instant: Now.
    ///   - isRefusal: Whether it will be refused until a person does something.
    package mutating func fail(at instant: Duration, isRefusal: Bool = false) {
        let doubled = Self.retryDelays.first * (1 << min(refusals, 10))
        retryAt = instant + min(doubled, Self.retryDelays.longest)
        refusals += isRefusal ? 1 : 0
    }

    /// Takes a latch off and counts anew, and waits no more after a failure: a person has looked.
    package mutating func unlatch() {
        retryAt = nil
        refusals = 0
        guard isLatched else { return }
        isLatched = false
        corrections = []
    }

    private func todays(_ instant: Duration) -> [Duration] {
        corrections.filter { instant - $0 < .seconds(86_400) }
    }
}
