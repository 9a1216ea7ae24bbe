import Daemon
import HostCacheCore
import Synchronization

/// A target group in memory whose answers a test writes, behind a ``TargetGroupPort``.
final class ScriptedTargetGroup: Sendable {
    /// What a change comes to.
    enum Answer: Sendable {
        case works
        /// AWS says that it has another interval all the same.
        case hasNoEffect
        /// AWS says it is done, and looks show it later.
        case worksLater
        case fails(TargetGroupFailure)
        case worksAndFails(TargetGroupFailure)
    }

    struct State: Sendable {
        var group: TargetGroupEvidence
        /// What every look gets; nil for the group.
        var failure: TargetGroupFailure?
        /// What the next changes come to; after that they work.
        var answers: [Answer] = []
        /// What looks get once a change was sent; nil for the group.
        var failureAfterChange: TargetGroupFailure?
        /// What happens while the next look is under way, which does not see it.
        var whileLooking: (@Sendable (inout TargetGroupEvidence) -> Void)?
        fileprivate(set) var calls: [String] = []
    }

    private let state: Mutex<State>

    init(_ group: TargetGroupEvidence) {
        state = Mutex(State(group: group))
    }

    /// Changes the group or its answers, as somebody else does.
    func change(_ body: @Sendable (inout State) -> Void) {
        state.withLock { body(&$0) }
    }

    /// Sets the interval, as somebody else does.
    func set(interval: Int64) {
        change { $0.group.healthCheck.interval = .seconds(interval) }
    }

    var interval: Duration { state.withLock(\.group.healthCheck.interval) }

    /// What was called since the last time: `look`, `set 300 s`.
    func takenCalls() -> [String] {
        state.withLock { state in
            defer { state.calls = [] }
            return state.calls
        }
    }

    var port: TargetGroupPort {
        TargetGroupPort(
            describe: { _ in try self.look() },
            modify: { _, change in try self.modify(change) }
        )
    }

    private func look() throws -> TargetGroupEvidence {
        try state.withLock { state in
            state.calls.append("look")
            if let failure = state.failure { throw failure }
            let seen = state.group
            state.whileLooking?(&state.group)
            state.whileLooking = nil
            return seen
        }
    }

    private func modify(_ change: IntervalChange) throws -> Duration? {
        try state.withLock { state in
            state.calls.append("set \(change.interval.wholeSeconds) s")
            let answer = state.answers.isEmpty ? .works : state.answers.removeFirst()
            state.failure = state.failureAfterChange
            switch answer {
            case .works: state.group.apply(change)
            case .hasNoEffect: break
            case .worksLater: return change.interval
            case .fails(let failure): throw failure
            case .worksAndFails(let failure):
                state.group.apply(change)
                throw failure
            }
            return state.group.healthCheck.interval
        }
    }
}

extension TargetGroupEvidence {
    fileprivate mutating func apply(_ change: IntervalChange) {
        healthCheck = change.applied(to: healthCheck)
    }
}

extension TargetGroupFailure {
    /// Refused for want of a permission: nothing was changed, and a person has to do something.
    static let denied = Self("ModifyTargetGroup denied", outcomeIsUnknown: false, needsPerson: true)
    /// No answer came: a change may have taken effect.
    static let lost = Self("no answer", outcomeIsUnknown: true, needsPerson: false)
    /// Asked too often: nothing was done.
    static let throttled = Self("rate exceeded", outcomeIsUnknown: false, needsPerson: false)
}
