import Glibc

/// Clients of this machine that come from its own link-local IPv6 address, which servers show with its zone.
package struct LinkLocalClient: Sendable {
    /// Such as `fe80::fc:ff:fe00:1`.
    package let address: String
    /// The interface's name, such as `eth0`.
    package let zone: String
    private let socketAddress: sockaddr_in6

    /// The first link-local address of any interface; nil when this machine has none.
    package static func find() -> LinkLocalClient? {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else { return nil }
        defer { freeifaddrs(list) }
        var next = list
        while let entry = next?.pointee {
            next = entry.ifa_next
            guard let address = entry.ifa_addr, Int32(address.pointee.sa_family) == AF_INET6 else { continue }
            let found = address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { $0.pointee }
            let bytes = withUnsafeBytes(of: found.sin6_addr) { Array($0) }
            guard bytes[0] == 0xfe, bytes[1] & 0xc0 == 0x80, let text = text(found) else { continue }
            return LinkLocalClient(
                address: text,
                zone: String(cString: entry.ifa_name),
                socketAddress: found
            )
        }
        return nil
    }

    /// Opens so many connections, reads the greeting of each and resets it.
    ///
    /// Blocks. Throws ``HealthCheckFailure`` at the first that gets no greeting within 30 s.
    package func check(_ count: Int, port: UInt16) throws {
        for _ in 0..<count { try check(port: port) }
    }

    private func check(port: UInt16) throws {
        let descriptor = socket(AF_INET6, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw HealthCheckFailure.system("socket", errno) }
        defer { close(descriptor) }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout<Glibc.linger>.size))
        var target = socketAddress
        target.sin6_port = port.bigEndian
        let connected = withUnsafePointer(to: target) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
            }
        }
        guard connected == 0 else { throw HealthCheckFailure.system("connect", errno) }
        var block = [UInt8](repeating: 0, count: 200)
        guard recv(descriptor, &block, block.count, 0) > 0 else { throw HealthCheckFailure.closed }
    }

    private static func text(_ address: sockaddr_in6) -> String? {
        var address = address
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, &address.sin6_addr, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
