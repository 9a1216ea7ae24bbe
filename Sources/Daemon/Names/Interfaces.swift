import Glibc

/// The network interfaces of this machine.
enum Interfaces {
    /// The addresses of all of them; throws ``ResolutionFailure``.
    static func addresses() throws(ResolutionFailure) -> Set<String> {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0 else {
            throw ResolutionFailure("this machine", String(cString: strerror(errno)))
        }
        defer { freeifaddrs(list) }
        var found: Set<String> = []
        var next = list
        while let entry = next?.pointee {
            if let address = entry.ifa_addr {
                let isShort = Int32(address.pointee.sa_family) == AF_INET
                let length = isShort ? MemoryLayout<sockaddr_in>.size : MemoryLayout<sockaddr_in6>.size
                if let text = NumericAddress.text(address, socklen_t(length)) { found.insert(text) }
            }
            next = entry.ifa_next
        }
        return found
    }
}
