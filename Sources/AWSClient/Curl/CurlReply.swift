import Synchronization

/// The answer to one request, from whoever gives it first.
///
/// The worker, the deadline and a cancellation race to give it; the losers' answers are dropped. So a caller
/// waits for its deadline at most, whatever the worker is stuck in.
final class CurlReply: Sendable {
    typealias Answer = Result<HTTPResponse, HTTPError>

    private enum State {
        /// Nobody waits yet: to `awaited` or `given`.
        case open
        /// The caller waits: to `given`.
        case awaited(CheckedContinuation<Answer, Never>)
        /// The end.
        case given(Answer)
    }

    private let state = Mutex(State.open)

    /// Whether there is an answer already, so that nobody needs another.
    var isGiven: Bool {
        state.withLock { state in
            if case .given = state { true } else { false }
        }
    }

    /// Gives the answer, unless there is one.
    func give(_ answer: Answer) {
        let waiting = state.withLock { state -> CheckedContinuation<Answer, Never>? in
            switch state {
            case .open:
                state = .given(answer)
                return nil
            case .awaited(let continuation):
                state = .given(answer)
                return continuation
            case .given:
                return nil
            }
        }
        waiting?.resume(returning: answer)
    }

    /// Waits for the answer; to be called once.
    func wait() async -> Answer {
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
