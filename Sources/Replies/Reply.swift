internal import Synchronization

/// The answer to one call, from whoever gives it first.
///
/// The work, the bound and a cancellation race to give it; the losers' answers are dropped. So a caller waits for
/// its bound at most, whatever the thread that does the work is stuck in.
package final class Reply<Value: Sendable, Failure: Error>: Sendable {
    package typealias Answer = Result<Value, Failure>

    private enum State {
        /// Nobody waits yet: to `awaited` or `given`.
        case open
        /// The caller waits: to `given`.
        case awaited(CheckedContinuation<Answer, Never>)
        /// The end.
        case given(Answer)
    }

    private let state = Mutex(State.open)

    package init() {}

    /// Whether there is an answer already, so that nobody needs another.
    package var isGiven: Bool {
        state.withLock { state in
            if case .given = state { true } else { false }
        }
    }

    /// Gives the answer, unless there is one; true when this was the first.
    @discardableResult
    package func give(_ answer: Answer) -> Bool {
        let (isFirst, waiting) = state.withLock { state in
            switch state {
            case .open:
                state = .given(answer)
                return (true, nil as CheckedContinuation<Answer, Never>?)
            case .awaited(let continuation):
                state = .given(answer)
                return (true, continuation)
            case .given:
                return (false, nil)
            }
        }
        waiting?.resume(returning: answer)
        return isFirst
    }

    /// Waits for the answer; to be called once.
    package func wait() async -> Answer {
        await withCheckedContinuation { continuation in
            let early = state.withLock { state -> Answer? in
                switch state {
                case .open:
                    state = .awaited(continuation)
                    return nil
                case .given(let answer):
                    return answer
                case .awaited:
                    fatalError("a reply has one caller, and it waits once")
                }
            }
            if let early { continuation.resume(returning: early) }
        }
    }
}
