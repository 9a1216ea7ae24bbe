import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualClock: Clock, Sendable {
    package typealias Duration = Swift.Duration

    /// Time passed since the clock was made.
    package struct Instant: InstantProtocol {
        package let offset: Duration

        package init(offset: Duration) {
            self.offset = offset
        }

        package func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        package func duration(to other: Instant) -> Duration { other.offset - offset }
        package static func < (lhs: Instant, rhs: Instant) -> Bool { lhs.offset < rhs.offset }
    }

    private struct Sleeper {
        let number: Int
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct Observer {
        let count: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var now = Instant(offset: .zero)
        var lastNumber = 0
        /// By deadline, equal ones as they came.
        var sleepers: [Sleeper] = []
        var observers: [Observer] = []
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Instant { state.withLock(\.now) }

    package var minimumResolution: Duration { .zero }

    /// How long each sleeper still has to sleep, the next one to wake first.
    package var remainingSleeps: [Duration] {
        state.withLock { state in state.sleepers.map { state.now.duration(to: $0.deadline) } }
    }

    /// Moves the clock and wakes everybody whose deadline has come, in the order of the deadlines.
    ///
    /// Returns before they have run. A negative `duration` is a clock that jumps back: it wakes nobody.
    package func advance(by duration: Duration) {
        let woken = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let count = state.sleepers.prefix { $0.deadline <= state.now }.count
            defer { state.sleepers.removeFirst(count) }
            return Array(state.sleepers.prefix(count))
        }
        for sleeper in woken {
            sleeper.continuation.resume()
        }
    }

    /// Waits until at least `count` tasks sleep, so that a test moves the clock only when they do.
    package func untilSleeping(_ count: Int = 1) async {
        await withCheckedContinuation { continuation in
            let isReached = state.withLock { state in
                guard state.sleepers.count < count else { return true }
                state.observers.append(Observer(count: count, continuation: continuation))
                return false
            }
            if isReached {
                continuation.resume()
            }
        }
    }

    package func sleep(until deadline: Instant, tolerance _: Duration? = nil) async throws {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                add(Sleeper(number: number, deadline: deadline, continuation: continuation))
            }
        } onCancel: {
            let cancelled = state.withLock { state in
                state.sleepers.firstIndex { $0.number == number }.map { state.sleepers.remove(at: $0) }
            }
            cancelled?.continuation.resume(throwing: CancellationError())
        }
    }

    private func add(_ sleeper: Sleeper) {
        enum Outcome {
            case awake(Result<Void, any Error>)
            case asleep([Observer])
        }
        let outcome: Outcome = state.withLock { state in
            // Cancelled before it was in the list, where the cancellation handler looks for it.
            guard !Task.isCancelled else { return .awake(.failure(CancellationError())) }
            guard sleeper.deadline > state.now else { return .awake(.success(())) }
            let place = state.sleepers.firstIndex { $0.deadline > sleeper.deadline }
            state.sleepers.insert(sleeper, at: place ?? state.sleepers.endIndex)
            let count = state.sleepers.count
            defer { state.observers.removeAll { $0.count <= count } }
            return .asleep(state.observers.filter { $0.count <= count })
        }
        switch outcome {
        case .awake(let result): sleeper.continuation.resume(with: result)
        case .asleep(let observers):
            for observer in observers {
                observer.continuation.resume()
            }
        }
    }
}
