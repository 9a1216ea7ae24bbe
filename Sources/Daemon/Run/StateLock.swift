import Glibc
import Synchronization

/// The hold of this process on its state directory, taken on the thread that the disk may keep.
final class StateLock: Sendable {
    private let directory: String
    private let hold = Mutex<Hold?>(nil)

    /// A value of its own for each lock, because a lock cannot be handed through a closure.
    private final class Hold: Sendable {
        private let lock: FileLock

        init(_ lock: consuming FileLock) {
            self.lock = lock
        }
    }

    init(directory: String) {
        self.directory = directory
    }

    /// Makes the folder where it is missing, and takes the lock; blocks.
    ///
    /// Throws ``StartFailure``.
    @Sendable func take() throws {
        do {
            try Folder.make(directory, mode: 0o700)
            let taken = Hold(try FileLock.acquire(directory + "/lock", processID: getpid()))
            hold.withLock { $0 = taken }
        } catch {
            throw StartFailure("\(error)")
        }
    }

    /// Lets go; does nothing where it was never taken.
    func release() { hold.withLock { $0 = nil } }
}
