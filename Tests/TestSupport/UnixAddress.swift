import Glibc

/// The path of a socket, as the socket calls want it.
struct UnixAddress {
    private var address = sockaddr_un()

    /// The path must be under 108 bytes (unix(7)).
    init(_ path: String) {
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { buffer in
            guard path.utf8.count < buffer.count else { fatalError("\(path) is too long for a socket") }
            buffer.copyBytes(from: path.utf8)
        }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
                body(socketAddress, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
