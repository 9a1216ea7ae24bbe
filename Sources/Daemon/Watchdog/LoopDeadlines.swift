import Synchronization

/// By when each loop shows its next sign of life.
package final class LoopDeadlines: Sendable {
    private let deadlines = Mutex<[LoopJob.Subject: Duration]>([:])

    package init() {}

    /// Says that a loop will be heard of by that moment of the monotonic clock.
    package func expect(_ loop: LoopJob.Subject, by instant: Duration) {
        deadlines.withLock { $0[loop] = instant }
    }

    /// Forgets a loop that has ended.
    package func forget(_ loop: LoopJob.Subject) {
        deadlines.withLock { $0[loop] = nil }
    }

    /// The loops that should have been heard of, by how much they are late.
    package func overdue(at instant: Duration, by grace: Duration) -> [LoopJob.Subject: Duration] {
        deadlines.withLock { $0.mapValues { instant - $0 }.filter { $0.value >= grace } }
    }
}
