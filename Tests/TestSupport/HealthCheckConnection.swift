import Glibc

/// One TCP health check: connect, read the first packet, reset.
///
/// The reset comes after the greeting as with a Network Load Balancer; one before the server has asked for
/// the peer's address would not be counted in the host cache.
struct HealthCheckConnection: ~Copyable {
    private let descriptor: Int32
    private let deadline: ContinuousClock.Instant

    deinit {
        // SO_LINGER with a time of zero makes close(2) send a reset (socket(7), tcp(7)).
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        close(descriptor)
    }

    /// Checks the server on 127.0.0.1 from the loopback address `node`.
    ///
    /// Blocks, at most for `timeout`. Throws ``HealthCheckFailure`` when no first packet comes.
    static func check(
        port: UInt16,
        from node: String,
        timeout: Duration
    ) throws(HealthCheckFailure) -> FirstPacket {
        FirstPacket(payload: try open(port: port, from: node, timeout: timeout).packet())
    }

    /// Connects to the server on 127.0.0.1 from the loopback address `node`; `timeout` is for everything.
    static func open(
        port: UInt16,
        from node: String,
        timeout: Duration
    ) throws(HealthCheckFailure) -> HealthCheckConnection {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_INET, type, 0)
        guard descriptor >= 0 else { throw .system("socket", errno) }
        let connection = HealthCheckConnection(
            descriptor: descriptor,
            deadline: .now + timeout
        )
        try connection.connect(to: port, from: node)
        return connection
    }

    /// Reads one packet of the protocol, without its header.
    borrowing func packet() throws(HealthCheckFailure) -> [UInt8] {
        let header = try read(4)
        let length = Int(header[0]) | Int(header[1]) << 8 | Int(header[2]) << 16
        return try read(length)
    }

    /// Sends one packet; it is small enough for the socket's buffer.
    borrowing func send(payload: [UInt8], sequence: UInt8) throws(HealthCheckFailure) {
        let length = (0..<3).map { UInt8(payload.count >> ($0 * 8) & 0xff) }
        try send(bytes: length + [sequence] + payload)
    }

    /// Sends bytes as they are; they are few enough for the socket's buffer.
    borrowing func send(bytes: [UInt8]) throws(HealthCheckFailure) {
        let sent = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        guard sent == bytes.count else { throw .system("send", errno) }
    }

    private borrowing func connect(to port: UInt16, from node: String) throws(HealthCheckFailure) {
        let source = SocketAddress(node, port: 0)
        guard source.withPointer({ bind(descriptor, $0, $1) }) == 0 else { throw .system("bind", errno) }
        let target = SocketAddress("127.0.0.1", port: port)
        guard target.withPointer({ Glibc.connect(descriptor, $0, $1) }) != 0 else { return }
        guard errno == EINPROGRESS else { throw .system("connect", errno) }
        try wait(for: POLLOUT)
        var failure: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &size)
        guard failure == 0 else { throw .system("connect", failure) }
    }

    private borrowing func read(_ count: Int) throws(HealthCheckFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            var block = [UInt8](repeating: 0, count: count - bytes.count)
            let got = recv(descriptor, &block, block.count, 0)
            if got > 0 {
                bytes += block.prefix(got)
            } else if got == 0 {
                throw .closed
            } else if errno == EAGAIN || errno == EINTR {
                try wait(for: POLLIN)
            } else {
                throw .system("recv", errno)
            }
        }
        return bytes
    }

    private borrowing func wait(for event: Int32) throws(HealthCheckFailure) {
        let left = (deadline - ContinuousClock.now) / .milliseconds(1)
        var request = pollfd(fd: descriptor, events: Int16(event), revents: 0)
        // One millisecond more, since poll(2) waits whole ones and must not spin through the last.
        guard left > 0, poll(&request, 1, Int32(left) + 1) != 0 else { throw .timeout }
    }
}

/// Why a health check saw no first packet.
package enum HealthCheckFailure: Error, Hashable, CustomStringConvertible {
    /// Nothing came in time.
    case timeout
    /// The server closed the connection without a word.
    case closed
    /// A call failed with this `errno`.
    case system(_ call: String, _ error: Int32)

    package var description: String {
        switch self {
        case .timeout: "timeout"
        case .closed: "closed without a word"
        case .system(let call, let error): "\(call): \(String(cString: strerror(error)))"
        }
    }
}
