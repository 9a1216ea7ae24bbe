import Synchronization

/// The answer to one call, from whoever gives it first.
///
/// The work, the bound and a cancellation race to give it; the losers' answers are dropped. So a
/// caller waits for its bound at most, whatever the thread that does the work is stuck in.
final class Reply<Value: Sendable>: Sendable {
    private enum State {
        /// Nobody waits yet: to `awaited` or `given`.
        case open
        /// The caller waits: to `given`.
        case awaited(CheckedContinuation<Result<Value, MariaDBError>, Never>)
        /// The end.
        case given(Result<Value, MariaDBError>)
    }

    private let state = Mutex(State.open)

    /// Gives the answer, unless there is one; true when this was the first.
    @discardableResult
    func give(_ answer: Result<Value, MariaDBError>) -> Bool {
        let (isFirst, waiting) = state.withLock { state in
            switch state {
            case .open:
                state = .given(answer)
                return (true, nil as CheckedContinuation<Result<Value, MariaDBError>, Never>?)
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
    func wait() async -> Result<Value, MariaDBError> {
        await withCheckedContinuation { continuation in
            let early = state.withLock { state -> Result<Value, MariaDBError>? in
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
