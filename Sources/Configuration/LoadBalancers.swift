/// The key `load_balancers`: addresses and names, apart.
struct LoadBalancers: Hashable, Sendable {
    /// Addresses in the text form that the host cache shows, link-local ones perhaps with their zone, and ranges.
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
            do throws(AddressRangeMistake) {
                if let address = try IPAddress.canonicalRange(text) ?? IPAddress.canonicalWithZone(text) {
                    Self.add(address, to: &addresses, as: text, &reader, key)
                } else if let name = HostName.canonical(text) {
                    Self.add(name, to: &names, as: text, &reader, key)
                } else {
                    reader.report(
                        key,
                        "\(text.quotedWithoutPassword) is neither an IP address, a range of them nor a host name"
                    )
                }
            } catch {
                reader.report(key, "\(text.quotedWithoutPassword) \(error)")
            }
        }
    }

    private static func add(
        _ value: String,
        to values: inout [String],
        as text: String,
        _ reader: inout SectionReader,
        _ key: String
    ) {
        if values.contains(value) {
            reader.report(key, "\"\(text)\" is listed twice, as \(value)")
        }
        values.append(value)
    }

    var isEmpty: Bool { addresses.isEmpty && names.isEmpty }

    /// Whether a server's own host is one of these, one by one; a range may well have the servers in it too.
    func list(_ host: String) -> Bool {
        if let address = IPAddress(host)?.description { return addresses.contains(address) }
        return HostName.canonical(host).map(names.contains) ?? false
    }
}
