package import Glibc

/// An IPv4 address and port, as the socket calls want it.
package struct SocketAddress: Sendable {
    private var address = sockaddr_in()

    /// An address such as `127.0.0.2`; port 0 lets the kernel choose.
    package init(_ host: String, port: UInt16) {
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        guard inet_pton(AF_INET, host, &address.sin_addr) == 1 else {
            fatalError("\"\(host)\" in a test is not an IPv4 address")
        }
    }

    package func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { socketAddress in
                body(socketAddress, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
