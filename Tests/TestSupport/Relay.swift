import Glibc
import Synchronization

/// Forwards TCP connections from a port of 127.0.0.1 to another, until it is cut or led elsewhere.
///
/// Stands in for what lies between a daemon and its server: a network that drops everything, or a name that
/// leads to another server after a failover.
package final class Relay: Sendable {
    /// The port it listens on.
    package let port: UInt16
    private let listener: Int32
    private let state: Mutex<State>
    private let worker = RelayWorker()

    /// What the worker has to do from here on.
    struct State {
        var target: UInt16
        /// Grows when the target changes: connections of before are closed.
        var generation = 0
        var isCut = false
        var isEnded = false
    }

    private init(to target: UInt16) throws(ServerError) {
        port = freePort()
        state = Mutex(State(target: target))
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let address = SocketAddress("127.0.0.1", port: port)
        guard listener >= 0, address.withPointer({ bind(listener, $0, $1) }) == 0, listen(listener, 16) == 0
        else { throw ServerError("no relay on port \(port): \(String(cString: strerror(errno)))") }
    }

    deinit { close(listener) }

    /// Starts a relay to a port, hands it to `body`, and ends it whatever happens.
    ///
    /// Throws ``ServerError`` when no port can be had.
    package static func with<T: Sendable>(
        to target: UInt16,
        _ body: (Relay) async throws -> T
    ) async throws -> T {
        let relay = try Relay(to: target)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            defer { relay.state.withLock { $0.isEnded = true } }
            group.addTask {
                await relay.worker.forward(from: relay.listener) { relay.state.withLock(\.self) }
            }
            return try await body(relay)
        }
    }

    /// Forwards nothing from here on, and closes nothing: neither end is told.
    package func cut() { state.withLock { $0.isCut = true } }

    /// Closes every connection and leads new ones to another port.
    package func lead(to target: UInt16) {
        state.withLock { state in
            state.target = target
            state.generation += 1
        }
    }
}

/// The thread that forwards.
private actor RelayWorker {
    private let executor = ThreadExecutor()
    private var pairs: [(Int32, Int32)] = []

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Forwards until the state says that it has ended; blocks its thread.
    func forward(from listener: Int32, _ state: () -> Relay.State) {
        var generation = 0
        while true {
            let now = state()
            if now.isEnded || now.generation != generation { closeAll() }
            guard !now.isEnded else { return }
            generation = now.generation
            guard !now.isCut else {
                usleep(5000)
                continue
            }
            let ready = waitForInput([listener] + pairs.flatMap { [$0.0, $0.1] })
            if ready.contains(listener) { accept(listener, to: now.target) }
            pairs.removeAll { pair in
                let isOpen =
                    (!ready.contains(pair.0) || pump(pair.0, pair.1))
                    && (!ready.contains(pair.1) || pump(pair.1, pair.0))
                if !isOpen { close(pair) }
                return !isOpen
            }
        }
    }

    /// Those of `descriptors` that have something to read or have ended, within 5 ms.
    private func waitForInput(_ descriptors: [Int32]) -> Set<Int32> {
        var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        poll(&requests, UInt(requests.count), 5)
        return Set(requests.lazy.filter { $0.revents != 0 }.map(\.fd))
    }

    private func accept(_ listener: Int32, to target: UInt16) {
        let client = Glibc.accept(listener, nil, nil)
        guard client >= 0 else { return }
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        let address = SocketAddress("127.0.0.1", port: target)
        // To 127.0.0.1 a connect is answered at once, one way or the other.
        if address.withPointer({ connect(server, $0, $1) }) == 0 {
            pairs.append((client, server))
        } else {
            close((client, server))
        }
    }

    /// Forwards what has come; false when the connection has ended.
    private func pump(_ from: Int32, _ to: Int32) -> Bool {
        var block = [UInt8](repeating: 0, count: 65_536)
        let got = recv(from, &block, block.count, 0)
        guard got > 0 else { return false }
        var sent = 0
        while sent < got {
            let count = block.withUnsafeBytes { bytes in
                send(to, bytes.baseAddress.map { $0 + sent }, got - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    private func closeAll() {
        for pair in pairs { close(pair) }
        pairs = []
    }

    private func close(_ pair: (Int32, Int32)) {
        Glibc.close(pair.0)
        Glibc.close(pair.1)
    }
}
