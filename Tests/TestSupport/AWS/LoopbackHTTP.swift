import Glibc

/// One HTTP request to a port of 127.0.0.1 and its answer, over a plain socket.
///
/// Shares nothing with the code it tests. The calls block, so they run on a thread of its own.
actor LoopbackHTTP {
    private let executor = ThreadExecutor()

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Sends `request` as it is and returns everything that comes back until the other side closes.
    ///
    /// Throws ``ServerError`` when there is no connection, or nothing for `timeout`.
    func exchange(_ request: [UInt8], port: UInt16, timeout: Duration) throws -> [UInt8] {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw failure("no socket for port \(port)") }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: Int(timeout.components.seconds), tv_usec: 0)
        limit.tv_usec = Int(timeout.components.attoseconds / 1_000_000_000_000)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        guard SocketAddress("127.0.0.1", port: port).withPointer({ connect(descriptor, $0, $1) }) == 0 else {
            throw failure("cannot connect to port \(port)")
        }
        var sent = 0
        while sent < request.count {
            let rest = Array(request[sent...])
            // Without the flag, a server that has gone ends this process.
            let count = send(descriptor, rest, rest.count, Int32(MSG_NOSIGNAL))
            guard count > 0 else { throw failure("cannot send to port \(port)") }
            sent += count
        }
        var answer: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &block, block.count, 0)
            guard count >= 0 else { throw failure("no answer from port \(port)") }
            guard count > 0 else { return answer }
            answer += block.prefix(count)
        }
    }

    private func failure(_ what: String) -> ServerError {
        ServerError("\(what): \(String(cString: strerror(errno)))")
    }
}
