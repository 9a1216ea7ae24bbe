import Dispatch
import Glibc
import Synchronization

/// Runs an actor's jobs on one thread of its own, so that they may block.
///
/// The thread lives as long as the executor; unlike a thread of the shared pool or of a dispatch queue it
/// never ends in between, which `PR_SET_PDEATHSIG` of the children it starts depends on.
package final class ThreadExecutor: SerialExecutor {
    private let queue = Queue()

    /// Starts the thread.
    package init() {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(queue).toOpaque()
        let failure = pthread_create(&thread, nil, runJobs, context)
        guard failure == 0 else {
            fatalError("pthread_create failed: error \(failure); raise the limit of threads")
        }
        pthread_detach(thread)
    }

    deinit { queue.append(nil) }

    package func enqueue(_ job: consuming ExecutorJob) {
        queue.append(Work(job: UnownedJob(job), executor: self))
    }
}

/// One job, with its executor kept alive until the job has run.
private struct Work: Sendable {
    let job: UnownedJob
    let executor: ThreadExecutor
}

/// What the thread has to do next; nil ends it.
private final class Queue: Sendable {
    private let waiting = Mutex<[Work?]>([])
    private let available = DispatchSemaphore(value: 0)

    func append(_ work: Work?) {
        waiting.withLock { $0.append(work) }
        available.signal()
    }

    func next() -> Work? {
        available.wait()
        return waiting.withLock { $0.removeFirst() }
    }
}

private func runJobs(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { return nil }
    let queue = Unmanaged<Queue>.fromOpaque(context).takeRetainedValue()
    while let work = queue.next() {
        work.job.runSynchronously(on: work.executor.asUnownedSerialExecutor())
    }
    return nil
}
