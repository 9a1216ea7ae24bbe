/// The text form of an endpoint: `http` or `https`, a host, perhaps a port, and nothing after them.
enum EndpointText {
    private static let example = "(example: https://elasticloadbalancing.us-east-1.amazonaws.com)"

    /// What keeps `text` from being an endpoint; nil when it is one.
    ///
    /// Shows nothing of a URL with a user name, and so perhaps a password, in it.
    static func mistake(in text: String) -> String? {
        guard !text.contains("@") else {
            return "must not have a user name or password in it; credentials come from the environment"
        }
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else {
            return "\"\(text)\" does not begin with http:// or https:// \(example)"
        }
        var authority = text.dropFirst(scheme.count)
        if authority.hasSuffix("/") {
            authority.removeLast()
        }
        guard !authority.contains(where: { "/?#".contains($0) }) else {
            return "\"\(text)\" has more than a host and a port after \(scheme) \(example)"
        }
        let (host, port) = split(authority)
        guard isHost(host) else {
            return "\"\(text)\" has no host name, IPv4 address or IPv6 address in brackets after \(scheme) "
                + example
        }
        guard let port else { return nil }
        let isNumber = port.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard isNumber, let number = UInt16(port), number > 0 else {
            return "\"\(text)\" has a port that is not from 1 to 65535"
        }
        return nil
    }

    private static func split(_ authority: Substring) -> (host: Substring, port: Substring?) {
        // The colons of an IPv6 address are inside its brackets.
        guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else {
            return (authority, nil)
        }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }

    private static func isHost(_ host: Substring) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            let address = host.dropFirst().dropLast()
            return address.contains(":") && IPAddress(String(address)) != nil
        }
        let isFitting = { (scalar: Unicode.Scalar) in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || "0123456789-_.".unicodeScalars.contains(scalar))
        }
        let isClosed = host.hasPrefix("-") || host.hasPrefix(".")
        return !host.isEmpty && !isClosed && host.unicodeScalars.allSatisfy(isFitting)
    }
}
