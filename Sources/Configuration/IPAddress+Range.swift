/// What is wrong with a text that is meant as a range of addresses.
struct AddressRangeMistake: Error, CustomStringConvertible {
    let description: String
}

extension IPAddress {
    /// A range such as `35.191.0.0/16` in its one text form; nil for what has no slash.
    ///
    /// An address with bits behind the prefix is refused: a smaller or another range may have been meant.
    static func canonicalRange(_ text: String) throws(AddressRangeMistake) -> String? {
        guard let slash = text.firstIndex(of: "/") else { return nil }
        let digits = text[text.index(after: slash)...]
        guard let address = IPAddress(String(text[..<slash])) else { return nil }
        let width = address.bytes.count * 8
        let isNumber = digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, let bits = Int(digits), (1...width).contains(bits), digits == "\(bits)" else {
            throw AddressRangeMistake(description: "has a prefix that is not from 1 to \(width)")
        }
        let masked = address.bytes.enumerated().map { place, byte in
            let kept = min(8, max(0, bits - place * 8))
            return byte & ~(UInt8.max >> UInt8(kept))
        }
        guard let first = IPAddress(bytes: masked), first == address else {
            let range = IPAddress(bytes: masked).map { "; the range is written \($0)/\(bits)" } ?? ""
            throw AddressRangeMistake(description: "has bits behind its prefix\(range)")
        }
        return "\(address)/\(bits)"
    }

    /// An address in its one text form, a link-local one with its zone if it has one: `fe80::1%eth0`.
    ///
    /// Nil for what is no address, and for a zone of any other address: the host cache shows none there.
    static func canonicalWithZone(_ text: String) -> String? {
        guard let percent = text.firstIndex(of: "%") else { return IPAddress(text)?.description }
        let zone = text[text.index(after: percent)...]
        // The name of an interface has no slash and no blank (Linux, dev_valid_name), and 15 bytes at most.
        let isName =
            (1...15).contains(zone.utf8.count)
            && zone.utf8.allSatisfy { (0x21...0x7e).contains($0) && ![0x25, 0x2f, 0x3a].contains($0) }
        guard isName, let address = IPAddress(String(text[..<percent])), address.isLinkLocal else {
            return nil
        }
        return "\(address)%\(zone)"
    }

    /// Whether it is in fe80::/10.
    private var isLinkLocal: Bool { bytes.count == 16 && bytes[0] == 0xfe && bytes[1] & 0xc0 == 0x80 }
}
