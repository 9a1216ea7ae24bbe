import Glibc

/// A TCP port that nobody listens on at 127.0.0.1 just now.
///
/// Below the ports that the kernel gives to outgoing connections (from 32768, ip(7)), so it stays free while
/// a server restarts. Another process may still take it first: a server that finds it taken asks again.
package func freePort() -> UInt16 {
    while true {
        let port = UInt16.random(in: 20_000..<32_000)
        if isFree(port) {
            return port
        }
    }
}

private func isFree(_ port: UInt16) -> Bool {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let address = SocketAddress("127.0.0.1", port: port)
    return address.withPointer { bind(descriptor, $0, $1) == 0 }
}
