/// Addresses, ranges of them and link-local addresses, held against the addresses of rows.
package struct AddressSet: Hashable, Sendable {
    /// What it was made of.
    package let texts: Set<String>
    /// Addresses as the rows show them, those of one zone with it (`fe80::1%eth0`).
    private var single: Set<String> = []
    /// The ranges by how many bits they have in common: few lengths, whatever the number of ranges.
    private var prefixes: [Length: Set<UInt128>] = [:]

    private struct Length: Hashable {
        var isIPv6: Bool
        var bits: Int
    }

    /// - Parameter texts: Addresses, and ranges such as `35.191.0.0/16`. What is neither is in no row, so it
    ///   matches none.
    package init(_ texts: Set<String>) {
        self.texts = texts
        for text in texts {
            if let (length, prefix) = Self.range(text) {
                prefixes[length, default: []].insert(prefix)
            } else {
                single.insert(text)
            }
        }
    }

    /// Whether an address is one of these, or in one of the ranges.
    ///
    /// A link-local address that is listed without a zone is that address on every interface: the servers show
    /// the zone it came from (MySQL manual, "IPv6 Support"), which may be another at each start.
    ///
    /// - Parameter address: In the text form that the rows have.
    /// - Returns: Whether it is.
    package func contains(_ address: String) -> Bool {
        if single.contains(address) { return true }
        let zone = address.utf8.firstIndex(of: UInt8(ascii: "%"))
        let plain = zone.map { address[..<$0] } ?? address[...]
        if zone != nil, single.contains(String(plain)) { return true }
        guard !prefixes.isEmpty, let number = AddressNumber(plain) else { return false }
        return prefixes.contains { length, prefixes in
            length.isIPv6 == number.isIPv6
                && prefixes.contains(Self.prefix(of: number, bits: length.bits))
        }
    }

    private static func range(_ text: String) -> (Length, UInt128)? {
        guard let slash = text.firstIndex(of: "/"), let number = AddressNumber(text[..<slash]),
            let bits = Int(text[text.index(after: slash)...]), (0...number.width).contains(bits)
        else { return nil }
        return (Length(isIPv6: number.isIPv6, bits: bits), prefix(of: number, bits: bits))
    }

    /// The first bits of an address as a number.
    private static func prefix(of number: AddressNumber, bits: Int) -> UInt128 {
        // A shift by all of the bits leaves nothing, as it should.
        number.value >> UInt128(number.width - bits)
    }
}
