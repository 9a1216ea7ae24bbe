import Glibc
import Testing

/// A thread of the system's for code that blocks, which must not hold up the shared pool.
final class OSThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) {
            self.body = body
        }
    }

    private let identifier: pthread_t

    /// Starts running `body`.
    init(_ body: @escaping @Sendable () -> Void) throws {
        var identifier = pthread_t()
        let work = Unmanaged.passRetained(Work(body))
        let started = pthread_create(
            &identifier,
            nil,
            { work in
                if let work { Unmanaged<Work>.fromOpaque(work).takeRetainedValue().body() }
                return nil
            },
            work.toOpaque()
        )
        try #require(started == 0)
        self.identifier = identifier
    }

    /// Waits until the body has returned.
    func join() {
        pthread_join(identifier, nil)
    }
}
