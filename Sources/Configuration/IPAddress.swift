internal import Glibc

/// An IPv4 or IPv6 address in the text form that the host cache shows.
///
/// The servers turn IPv4-mapped IPv6 addresses into IPv4 and print with the C library, so this does too.
/// Source: MySQL `vio_get_normalized_ip`, inet_ntop(3).
package struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    package let description: String
    /// 4 or 16 of them, the most significant first.
    let bytes: [UInt8]

    /// Reads dotted decimal IPv4 or IPv6; nil for everything else, zones and prefixes included.
    package init?(_ text: String) {
        // inet_pton stops at a NUL.
        guard !text.utf8.contains(0) else { return nil }
        if let bytes = Self.bytes(of: text, family: AF_INET, count: 4) {
            self.init(bytes: bytes)
        } else if let bytes = Self.bytes(of: text, family: AF_INET6, count: 16) {
            let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
            self.init(bytes: bytes.starts(with: mapped) ? Array(bytes.dropFirst(mapped.count)) : bytes)
        } else {
            return nil
        }
    }

    /// Whether it is in 127.0.0.0/8 or is ::1.
    var isLoopback: Bool {
        bytes.count == 4 ? bytes[0] == 127 : bytes == Array(repeating: 0, count: 15) + [1]
    }

    /// The one text form of an address; `text` itself where it is none.
    package static func canonical(_ text: String) -> String {
        // An IPv4 address has one form only, and a full host cache has 65536 of them.
        text.utf8.contains(UInt8(ascii: ":")) ? IPAddress(text)?.description ?? text : text
    }

    /// Nil unless there are 4 or 16 bytes.
    init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        let size = Int(INET6_ADDRSTRLEN)
        let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
            inet_ntop(family, bytes, buffer.baseAddress, socklen_t(size)).map { String(cString: $0) }
        }
        guard let text else { return nil }
        description = text
        self.bytes = bytes
    }

    private static func bytes(of text: String, family: Int32, count: Int) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        return inet_pton(family, text, &bytes) == 1 ? bytes : nil
    }
}
