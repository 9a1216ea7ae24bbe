import Glibc

/// The address of a datagram socket on this machine: a path, or a name in the abstract namespace (unix(7)).
struct UnixAddress: Hashable, Sendable {
    private let text: String
    /// As the kernel wants it: a path ends in NUL, an abstract name begins with one.
    private let path: [UInt8]

    /// Reads an absolute path or an `@` with a name; nil for anything else, or what is too long.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        switch bytes.first {
        case UInt8(ascii: "/"): path = bytes + [0]
        case UInt8(ascii: "@"): path = [0] + bytes.dropFirst()
        default: return nil
        }
        guard bytes.count > 1, !bytes.contains(0),
            path.count <= MemoryLayout.size(ofValue: sockaddr_un().sun_path)
        else { return nil }
        self.text = text
    }

    /// Sends one datagram from a socket of its own.
    ///
    /// Blocks for up to `timeout`, rounded down to microseconds, at least one.
    func send(_ datagram: [UInt8], timeout: Duration) throws(SystemdError) {
        let number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw .sendFailed(to: text, code: errno) }
        defer { close(number) }
        // 0 would mean to wait for ever: socket(7), SO_SNDTIMEO.
        let microseconds = max(timeout.wholeMicroseconds, 1)
        var bound = timeval(
            tv_sec: time_t(clamping: microseconds / 1_000_000),
            tv_usec: suseconds_t(microseconds % 1_000_000)
        )
        let size = socklen_t(MemoryLayout<timeval>.size)
        guard setsockopt(number, SOL_SOCKET, SO_SNDTIMEO, &bound, size) == 0 else {
            throw .sendFailed(to: text, code: errno)
        }
        while true {
            let sent = withSocketAddress { address, length in
                sendto(number, datagram, datagram.count, Int32(MSG_NOSIGNAL), address, length)
            }
            if sent == datagram.count { return }
            guard sent < 0, errno == EINTR else { throw .sendFailed(to: text, code: errno) }
        }
    }

    private func withSocketAddress(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int) -> Int {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let length =
            MemoryLayout<sockaddr_un>.size - MemoryLayout.size(ofValue: address.sun_path) + path.count
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(length)) }
        }
    }
}
