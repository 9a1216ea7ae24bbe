/// Where a service listens: scheme, host and port, and nothing after them.
///
/// Whoever uses AWS's own names gets https; only an address that somebody wrote down can be http.
package struct EndpointURL: Hashable, Sendable {
    /// How the connection is made.
    package enum Scheme: String, Hashable, Sendable {
        case http
        case https

        fileprivate var port: UInt16 {
            switch self {
            case .http: 80
            case .https: 443
            }
        }
    }

    package let scheme: Scheme
    /// A name or an address, in lower case; an IPv6 address has its brackets.
    package let host: String
    /// From 1.
    package let port: UInt16

    /// The https port of a host whose name is known to be one.
    init(secureHost host: String) {
        self.scheme = .https
        self.host = host
        self.port = Scheme.https.port
    }

    /// Reads `http://HOST[:PORT]` or `https://HOST[:PORT]`, as `endpoint_url` and `AWS_ENDPOINT_URL` hold it.
    ///
    /// A slash at the end is allowed. A user name, a path, a query and a fragment are not.
    package init(_ text: String) throws(EndpointError) {
        guard let mark = text.firstRange(of: "://"),
            let scheme = Scheme(rawValue: text[..<mark.lowerBound].lowercased())
        else {
            throw EndpointError(text, "it must start with https:// or http://")
        }
        var authority = text[mark.upperBound...]
        if authority.hasSuffix("/") { authority.removeLast() }
        guard !authority.contains(where: { "/?#@".contains($0) }) else {
            throw EndpointError(text, "only a host and a port may follow \(scheme)://")
        }
        let (host, port) = Self.split(authority)
        guard Self.isHost(host) else {
            throw EndpointError(
                text,
                "the host must be a name, an IPv4 address or an IPv6 address in brackets"
            )
        }
        if let port {
            guard port.allSatisfy({ ("0"..."9").contains($0) }), let number = UInt16(port), number > 0 else {
                throw EndpointError(text, "the port must be a number from 1 to 65535")
            }
            self.port = number
        } else {
            self.port = scheme.port
        }
        self.scheme = scheme
        self.host = host.lowercased()
    }

    /// As in the `Host` header: the port only where it is not the scheme's own.
    package var authority: String { port == scheme.port ? host : "\(host):\(port)" }

    /// Whether it is this machine, which no proxy could reach.
    package var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]" || Self.isLoopbackIPv4(host)
    }

    private static func isLoopbackIPv4(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func split(_ authority: Substring) -> (host: Substring, port: Substring?) {
        guard let colon = authority.lastIndex(of: ":"), !authority[colon...].contains("]") else {
            return (authority, nil)
        }
        return (authority[..<colon], authority[authority.index(after: colon)...])
    }

    /// Whether it has only the characters of a name or an address, so that no text can hide in it.
    private static func isHost(_ host: Substring) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            let inner = host.dropFirst().dropLast().utf8
            return inner.count >= 2
                && inner.allSatisfy { isDigit($0) || (0x41...0x46 ~= $0 & 0xdf) || $0 == 0x3a || $0 == 0x2e }
        }
        return !host.isEmpty && !host.hasPrefix("-") && !host.hasPrefix(".")
            && host.utf8.allSatisfy {
                isDigit($0) || (0x41...0x5a ~= $0 & 0xdf) || $0 == 0x2d || $0 == 0x2e || $0 == 0x5f
            }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
}

extension EndpointURL: CustomStringConvertible {
    /// Without a slash at the end.
    package var description: String { "\(scheme)://\(authority)" }
}
