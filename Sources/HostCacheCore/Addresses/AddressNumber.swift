/// An IP address as a number, read from the text that the host cache shows.
package struct AddressNumber: Hashable, Sendable {
    /// IPv4 in the lower 32 bits, or all of IPv6.
    package let value: UInt128
    package let isIPv6: Bool

    /// How many bits an address has: 32 or 128.
    package var width: Int { isIPv6 ? 128 : 32 }

    private init(_ value: UInt128, isIPv6: Bool) {
        self.value = value
        self.isIPv6 = isIPv6
    }

    /// Reads dotted decimal IPv4 or IPv6 without a zone; nil for everything else.
    ///
    /// An IPv4-mapped IPv6 address is that IPv4 address, as the servers have it. Not inet_pton(3): the core imports
    /// nothing. Each of 65,536 rows may be read at each look, so IPv4 makes no array.
    package init?(_ text: some StringProtocol) {
        var text = String(text)
        let found = text.withUTF8 { bytes in
            bytes.contains(UInt8(ascii: ":"))
                ? Self.sixteenBytes(bytes[...]).map { Self($0, isIPv6: true) }
                : Self.fourBytes(bytes[...]).map { Self(UInt128($0), isIPv6: false) }
        }
        guard let found else { return nil }
        self = found.isMapped ? Self(found.value & 0xffff_ffff, isIPv6: false) : found
    }

    private var isMapped: Bool { isIPv6 && value >> 32 == 0xffff }

    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    private static func fourBytes(_ text: Bytes) -> UInt32? {
        var value: UInt32 = 0
        var part: (value: UInt32, digits: Int) = (0, 0)
        var dots = 0
        for byte in text {
            if byte == UInt8(ascii: "."), part.digits > 0, dots < 3 {
                (value, part) = (value << 8 | part.value, (0, 0))
                dots += 1
            } else if let digit = digit(byte, radix: 10), part.digits == 0 || part.value > 0 {
                part = (part.value * 10 + digit, part.digits + 1)
                guard part.value < 256 else { return nil }
            } else {
                return nil
            }
        }
        return dots == 3 && part.digits > 0 ? value << 8 | part.value : nil
    }

    private static func sixteenBytes(_ text: Bytes) -> UInt128? {
        guard let gap = doubleColon(in: text) else {
            return groups(text).flatMap { $0.count == 8 ? $0.value : nil }
        }
        guard let head = groups(text[..<gap]), let tail = groups(text[(gap + 2)...]),
            head.count + tail.count < 8
        else { return nil }
        // Shifted by all of its bits where nothing stands before the colons.
        return head.value << UInt128((8 - head.count) * 16) | tail.value
    }

    private static func doubleColon(in text: Bytes) -> Int? {
        text.indices.dropLast().first { text[$0] == UInt8(ascii: ":") && text[$0 + 1] == UInt8(ascii: ":") }
    }

    /// Groups of four hexadecimal digits, the last one perhaps dotted decimal; none in an empty text.
    private static func groups(_ text: Bytes) -> (value: UInt128, count: Int)? {
        guard !text.isEmpty else { return (0, 0) }
        var (value, count): (UInt128, Int) = (0, 0)
        for part in text.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false) {
            if part.contains(UInt8(ascii: ".")) {
                guard part.endIndex == text.endIndex, let four = fourBytes(part) else { return nil }
                value = value << 32 | UInt128(four)
                count += 2
            } else {
                guard (1...4).contains(part.count), let number = number(part, radix: 16) else { return nil }
                value = value << 16 | UInt128(number)
                count += 1
            }
            guard count <= 8 else { return nil }
        }
        return (value, count)
    }

    private static func number(_ digits: Bytes, radix: UInt32) -> UInt32? {
        var value: UInt32 = 0
        for byte in digits {
            guard let digit = digit(byte, radix: radix) else { return nil }
            value = value * radix + digit
        }
        return value
    }

    private static func digit(_ byte: UInt8, radix: UInt32) -> UInt32? {
        let worth: UInt8
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): worth = byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): worth = byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): worth = byte - UInt8(ascii: "A") + 10
        default: return nil
        }
        return worth < radix ? UInt32(worth) : nil
    }
}
