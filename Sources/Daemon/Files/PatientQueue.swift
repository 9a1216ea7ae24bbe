import Dispatch
import HostCacheCore
import Replies
import Synchronization

/// Runs work that blocks on a disk, piece after piece on a thread of its own, for callers who do not wait for ever.
///
/// A piece that takes longer than the patience is waited for no longer. It goes on, and those behind it are done in
/// their order when the disk answers again; until the last of them has ended nobody waits at all. So a disk that
/// hangs holds each caller up by one patience, once.
package final class PatientQueue: Sendable {
    private let queue: DispatchQueue
    /// How long a piece is waited for, in real time: a disk knows no other clock.
    package let patience: Duration
    /// How many pieces nobody waits for that have not ended.
    private let late = Mutex(0)

    package init(label: String, patience: Duration) {
        queue = DispatchQueue(label: label)
        self.patience = patience
    }

    /// Whether work is in the queue that has outlasted the patience.
    package var isHanging: Bool { late.withLock { $0 > 0 } }

    /// Runs `work` after everything before it; not cancellable.
    ///
    /// - Parameters:
    ///   - longest: How long to wait where that differs from the queue's patience.
    ///   - tell: Given what `work` returned where nobody waited for it any more, on the queue's thread.
    ///   - work: May block.
    /// - Returns: What it returned, nil when it had not ended in time: it is done later all the same.
    @discardableResult
    package func run<Value: Sendable>(
        upTo longest: Duration? = nil,
        late tell: @escaping @Sendable (Value) -> Void = { _ in },
        _ work: @escaping @Sendable () -> Value
    ) async -> Value? {
        let reply = Reply<Value?, Never>()
        let isHanging = late.withLock { late in
            guard late > 0 else { return false }
            late += 1
            return true
        }
        if isHanging { reply.give(.success(nil)) }
        queue.async { [self] in
            let value = work()
            guard !reply.give(.success(value)) else { return }
            late.withLock { $0 -= 1 }
            tell(value)
        }
        if !isHanging {
            let wait = (longest ?? patience).dispatchInterval
            DispatchQueue.global().asyncAfter(deadline: .now() + wait) { [self] in
                // Under the lock, so that whoever hears of it finds it so.
                late.withLock { late in
                    if reply.give(.success(nil)) { late += 1 }
                }
            }
        }
        return await reply.wait().get()
    }

    /// Waits until everything given before has ended, also what nobody waits for; not cancellable.
    ///
    /// - Parameter longest: How long at most, in real time.
    package func drain(upTo longest: Duration) async {
        let reply = Reply<Void, Never>()
        queue.async { reply.give(.success(())) }
        DispatchQueue.global().asyncAfter(deadline: .now() + longest.dispatchInterval) {
            reply.give(.success(()))
        }
        await reply.wait().get()
    }
}

extension Duration {
    fileprivate var dispatchInterval: DispatchTimeInterval { .microseconds(Int(clamping: wholeMicroseconds)) }
}
