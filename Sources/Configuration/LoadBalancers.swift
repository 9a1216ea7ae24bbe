/// The key `load_balancers`: addresses and names, apart.
struct LoadBalancers: Hashable, Sendable {
    /// In the text form that the host cache shows.
    var addresses: [String] = []
    /// In lower case, without a closing dot.
    var names: [String] = []

    static let none = LoadBalancers()

    private init() {}

    /// Reads the key; nil where it is missing or no array of strings.
    init?(_ reader: inout SectionReader) {
        let key = "load_balancers"
        guard let texts = reader.strings(key) else { return nil }
        for text in texts {
            if let address = IPAddress(text)?.description {
                if addresses.contains(address) {
                    reader.report(key, "\"\(text)\" is listed twice, as \(address)")
                }
                addresses.append(address)
            } else if let name = Self.name(text) {
                if names.contains(name) {
                    reader.report(key, "\"\(text)\" is listed twice, as \(name)")
                }
                names.append(name)
            } else {
                reader.report(key, "\(text.quotedWithoutPassword) is neither an IP address nor a host name")
            }
        }
    }

    var isEmpty: Bool { addresses.isEmpty && names.isEmpty }

    /// A host name in lower case; nil when it is none.
    ///
    /// What ends in a number is meant as an address (RFC 3696, section 2: a top-level domain is no number).
    private static func name(_ text: String) -> String? {
        let name = (text.hasSuffix(".") ? String(text.dropLast()) : text).lowercased()
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isFitting = labels.allSatisfy { label in
            (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
                && label.unicodeScalars.allSatisfy { scalar in
                    scalar.isASCII
                        && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
                }
        }
        let isNumber =
            labels.last?.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? true
        return isFitting && !isNumber && name.utf8.count <= 253 ? name : nil
    }
}
