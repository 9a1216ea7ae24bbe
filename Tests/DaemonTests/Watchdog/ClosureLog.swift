import Synchronization

/// Keeps the deadline that was published when a closure ran.
final class ClosureLog: Sendable {
    private let noted = Mutex<Duration?>(nil)

    func note(_ deadline: Duration?) {
        noted.withLock { $0 = deadline }
    }

    var deadline: Duration? { noted.withLock { $0 } }
}
