import Glibc
import Synchronization

/// Ends whatever waits on a connection's socket, from any thread.
///
/// Why this is safe: it never touches a `MYSQL`, nor a descriptor that libmariadb owns and may
/// close and lose to another file at any time. It shuts its own duplicate, which only it
/// closes, under the lock; both descriptors lead to the same socket, and `shutdown` (unlike `close`)
/// acts on the socket: a thread in `poll`, `recv` or `SSL_read` on it sees the end of the stream at once
/// (shutdown(2), dup(2)).
final class Interrupter: Sendable {
    private struct State {
        /// Our duplicate of the socket; nil before there is one and after ``release()``.
        var duplicate: Int32?
        var hasFired = false
    }

    private let state = Mutex(State())

    /// Whether ``fire()`` was called: no later answer on this connection counts.
    var hasFired: Bool { state.withLock { $0.hasFired } }

    deinit { release() }

    /// Follows `socket` from now on; ends it at once if ``fire()`` came first.
    ///
    /// A connect moves to a new socket for each address of the host.
    func follow(_ socket: Int32) {
        state.withLock { state in
            if let old = state.duplicate { close(old) }
            state.duplicate = duplicate(socket)
            if state.hasFired, let duplicate = state.duplicate { shutdown(duplicate, Int32(SHUT_RDWR)) }
        }
    }

    /// Ends the connection's traffic in both directions, now and for good.
    func fire() {
        state.withLock { state in
            state.hasFired = true
            if let duplicate = state.duplicate { shutdown(duplicate, Int32(SHUT_RDWR)) }
        }
    }

    /// Lets go of the socket, so that the server sees it closed when libmariadb closes it.
    func release() {
        state.withLock { state in
            if let duplicate = state.duplicate { close(duplicate) }
            state.duplicate = nil
        }
    }

    /// Nil when `socket` is not open or the process is out of descriptors: then timeouts end the wait.
    private func duplicate(_ socket: Int32) -> Int32? {
        let duplicate = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        return duplicate < 0 ? nil : duplicate
    }
}
