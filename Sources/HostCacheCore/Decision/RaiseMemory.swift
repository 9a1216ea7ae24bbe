/// What is known of earlier raises of one server's limit.
package struct RaiseMemory: Hashable, Sendable {
    /// The limit before our first change; nil when we never changed it.
    package var original: UInt64?
    /// The last raise that took effect.
    package var last: Duration?
    /// The limit that it set; nil when that is not known.
    package var set: UInt64?
    /// Raises after somebody lowered the limit without a restart, of the last day.
    package var repeats: [Duration] = []
    /// Somebody keeps lowering it: from here on it is only reported.
    package var isLatched = false
    /// No raise before this moment: the last one failed.
    package var retryAt: Duration?

    /// How often a lowered limit is raised again in a day.
    package static let repeatsPerDay = 2
    /// How long a failed raise waits for its next try.
    package static let retryDelay = Duration.seconds(300)

    package init() {}

    /// What to do about a limit.
    package enum Verdict: Hashable, Sendable {
        case notNeeded
        case raise(RaiseStatement)
        case held(Held)
    }

    /// Why a limit that is too low is not raised.
    package enum Held: Hashable, Sendable {
        /// `raise_with = "never"`.
        case never
        /// `raise_with = "persist"` on a server without `SET PERSIST`.
        case noPersist
        /// Somebody lowered it again and again.
        case latched
        /// The last try failed.
        case retries(at: Duration)
    }

    /// Judges the limit of one look; latches when somebody lowered it too often.
    package mutating func verdict(_ observation: Observation, policy: Policy) -> Verdict {
        guard observation.limit < policy.wantedLimit else { return .notNeeded }
        guard let statement = RaiseStatement.choice(for: observation.settings.version, with: policy.raiseWith)
        else {
            let isImpossible = RaiseStatement.lacksPersistence(
                observation.settings.version,
                with: policy.raiseWith
            )
            return .held(isImpossible ? .noPersist : .never)
        }
        if isRepeat(observation), todays(observation.instant).count >= Self.repeatsPerDay {
            isLatched = true
        }
        guard !isLatched else { return .held(.latched) }
        // Further ahead than one delay it cannot be: a wall clock was set back since.
        if let retryAt, observation.instant < retryAt, retryAt - observation.instant <= Self.retryDelay {
            return .held(.retries(at: retryAt))
        }
        return .raise(statement)
    }

    /// Records a raise to `limit` that took effect on a server that was seen as `observation` before.
    package mutating func succeed(_ observation: Observation, to limit: UInt64) {
        if isRepeat(observation) {
            repeats = todays(observation.instant) + [observation.instant]
        }
        original = original ?? observation.limit
        last = observation.instant
        set = limit
        retryAt = nil
    }

    /// Records a raise that was refused or did not take effect.
    package mutating func fail(at instant: Duration) {
        retryAt = instant + Self.retryDelay
    }

    /// Takes a latch off and counts anew: a person has looked.
    package mutating func unlatch() {
        guard isLatched else { return }
        isLatched = false
        repeats = []
    }

    /// Whether it is below what we set in this life of the server, so that somebody must have lowered it.
    ///
    /// Where it is not, the operator's wish has grown since.
    private func isRepeat(_ observation: Observation) -> Bool {
        guard set.map({ observation.limit < $0 }) ?? true else { return false }
        // Uptime has whole seconds, so the computed start wavers by one.
        return last.map { $0 > observation.serverStart + .seconds(2) } ?? false
    }

    private func todays(_ instant: Duration) -> [Duration] {
        repeats.filter { instant - $0 < .seconds(86_400) }
    }
}
