import Configuration
import Glibc

/// A socket address as text.
enum NumericAddress {
    /// As the host cache shows it: an IPv4-mapped IPv6 address as IPv4, no zone; nil for anything but IP.
    static func text(_ address: UnsafePointer<sockaddr>?, _ length: socklen_t) -> String? {
        guard let address, [AF_INET, AF_INET6].contains(Int32(address.pointee.sa_family)) else { return nil }
        let size = Int(NI_MAXHOST)
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer -> String? in
            let status = getnameinfo(
                address,
                length,
                buffer.baseAddress,
                socklen_t(size),
                nil,
                0,
                NI_NUMERICHOST
            )
            return status == 0 ? buffer.baseAddress.map { String(cString: $0) } : nil
        }
        return text?.split(separator: "%").first.map { IPAddress.canonical(String($0)) }
    }
}
