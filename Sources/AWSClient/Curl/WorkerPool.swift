import Dispatch
import Synchronization

/// Runs blocking work on a few threads of its own, away from the shared pool; the rest waits in line.
final class WorkerPool: Sendable {
    private struct State {
        var idle: [DispatchQueue]
        /// First come, first served; empty while a worker is idle.
        var waiting: [@Sendable () -> Void] = []
    }

    private let state: Mutex<State>

    /// Works on `limit` threads at the same time; they exist only while they work.
    init(label: String, limit: Int) {
        // Serial queues: each has a thread of its own while it works, where the blocks of one concurrent
        // queue would take threads from the pool that Swift's tasks run on.
        state = Mutex(State(idle: (1...limit).map { DispatchQueue(label: "\(label).\($0)") }))
    }

    /// Runs `work` when its turn comes; returns at once.
    func run(_ work: @escaping @Sendable () -> Void) {
        let worker = state.withLock { state -> DispatchQueue? in
            let worker = state.idle.popLast()
            if worker == nil { state.waiting.append(work) }
            return worker
        }
        worker?.async { self.work(on: worker, startingWith: work) }
    }

    private func work(on worker: DispatchQueue?, startingWith first: @Sendable () -> Void) {
        first()
        while let next = next(for: worker) { next() }
    }

    private func next(for worker: DispatchQueue?) -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            if let worker { state.idle.append(worker) }
            return nil
        }
    }
}
