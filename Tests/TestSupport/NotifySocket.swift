import Glibc

/// Stands in for systemd: a datagram socket that keeps what is sent to it.
package final class NotifySocket: Sendable {
    /// What `NOTIFY_SOCKET` would be.
    package let address: String
    private let number: Int32

    /// Binds to a new name: a path below /tmp, or an abstract one.
    ///
    /// Throws ``NotifySocketError`` when the system gives none.
    package init(abstract: Bool) throws {
        number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard number >= 0 else { throw NotifySocketError(code: errno) }
        let name = "hostcached-notify.\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
        address = abstract ? "@\(name)" : "/tmp/\(name)"
        var socketAddress = sockaddr_un()
        socketAddress.sun_family = sa_family_t(AF_UNIX)
        let path = abstract ? [0] + Array(name.utf8) : Array(address.utf8)
        withUnsafeMutableBytes(of: &socketAddress.sun_path) { $0.copyBytes(from: path) }
        let length = socklen_t(2 + path.count)
        let bound = withUnsafePointer(to: &socketAddress) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(number, $0, length) }
        }
        guard bound == 0 else { throw NotifySocketError(code: errno) }
    }

    deinit {
        close(number)
        if address.hasPrefix("/") { unlink(address) }
    }

    /// The datagrams that have come since the last call, in order; does not wait.
    package func received() -> [String] {
        var datagrams: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return datagrams }
            datagrams.append(String(decoding: buffer.prefix(count), as: UTF8.self))
        }
    }
}

/// Why there is no socket to be told through.
package struct NotifySocketError: Error, Hashable {
    package let code: Int32
}
