import Glibc
import Synchronization

/// Ends whatever waits on a connection's socket, from any thread.
///
/// Why this is safe: it never touches a `MYSQL`, nor a descriptor that libmariadb owns and may
/// close and lose to another file at any time. It shuts a duplicate of its own, which lives as long as
/// anybody uses it; both descriptors lead to the same socket, and `shutdown` (unlike `close`) acts on the
/// socket: a thread in `poll`, `recv` or `SSL_read` on it sees the end of the stream at once (shutdown(2),
/// dup(2)).
final class Interrupter: Sendable {
    private struct State {
        /// Nil before there is a socket and after ``release()``.
        var duplicate: DuplicateSocket?
        var hasFired = false
    }

    private let state = Mutex(State())

    /// Whether ``fire()`` was called: no later answer on this connection counts.
    var hasFired: Bool { state.withLock { $0.hasFired } }

    /// This end's IP address of the socket followed last; nil for a Unix socket or none.
    ///
    /// The duplicate still tells it when libmariadb has closed its own descriptor.
    var localAddress: String? { state.withLock(\.duplicate)?.localAddress }

    /// The other end's IP address; nil as ``localAddress``.
    var peerAddress: String? { state.withLock(\.duplicate)?.peerAddress }

    /// Follows `socket` from now on; ends it at once if ``fire()`` came first.
    ///
    /// A connect moves to a new socket for each address of the host.
    func follow(_ socket: Int32) {
        let duplicate = DuplicateSocket(of: socket)
        let hasFired = state.withLock { state in
            state.duplicate = duplicate
            return state.hasFired
        }
        if hasFired { duplicate?.shutDown() }
    }

    /// Ends the connection's traffic in both directions, now and for good.
    func fire() {
        let duplicate = state.withLock { state in
            state.hasFired = true
            return state.duplicate
        }
        // Not under the lock: it wakes the thread that wants the lock next.
        duplicate?.shutDown()
    }

    /// Lets go of the socket, so that the server sees it closed when libmariadb closes it.
    func release() {
        state.withLock { $0.duplicate = nil }
    }
}

/// Owns a second descriptor of a socket and closes it exactly once.
private final class DuplicateSocket: Sendable {
    private let descriptor: Int32

    /// Nil when `socket` is not open or the process is out of descriptors: then timeouts end the wait.
    init?(of socket: Int32) {
        let descriptor = fcntl(socket, F_DUPFD_CLOEXEC, 0)
        guard descriptor >= 0 else { return nil }
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    var localAddress: String? { unsafe text { unsafe getsockname($0, $1, $2) } }

    var peerAddress: String? { unsafe text { unsafe getpeername($0, $1, $2) } }

    /// The IP address that `ask` gives; nil where there is none.
    private func text(
        _ ask: (Int32, UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32
    ) -> String? {
        var address = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let status = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard unsafe ask(descriptor, address, &size) == 0 else { return Int32(-1) }
                let family = unsafe Int32(address.pointee.sa_family)
                guard family == AF_INET || family == AF_INET6 else { return -1 }
                return unsafe getnameinfo(
                    address,
                    size,
                    &text,
                    socklen_t(text.count),
                    nil,
                    0,
                    NI_NUMERICHOST
                )
            }
        }
        guard status == 0 else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
