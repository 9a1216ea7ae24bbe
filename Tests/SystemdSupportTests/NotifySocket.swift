import Glibc
import Testing

/// Stands in for systemd: a datagram socket that keeps what is sent to it.
final class NotifySocket: Sendable {
    /// What `NOTIFY_SOCKET` would be.
    let address: String
    private let number: Int32

    /// Binds to a new name: a path below /tmp, or an abstract one.
    init(abstract: Bool) throws {
        number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        try #require(number >= 0)
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
        try #require(bound == 0)
    }

    deinit {
        close(number)
        if address.hasPrefix("/") { unlink(address) }
    }

    /// The datagrams that have come since the last call, in order; does not wait.
    func received() -> [String] {
        var datagrams: [String] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = recv(number, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count >= 0 else { return datagrams }
            datagrams.append(String(decoding: buffer.prefix(count), as: UTF8.self))
        }
    }
}
