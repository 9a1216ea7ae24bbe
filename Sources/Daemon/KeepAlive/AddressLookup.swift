import Glibc

/// Asks the resolver for addresses, on a thread of its own, since it blocks.
struct AddressLookup: Sendable {
    private let queue = BlockingQueue(label: "hostcached.lookup")

    /// The addresses of a name, or an address itself, as the host cache shows them; never empty.
    ///
    /// Throws ``LookupFailure``. How long it takes is up to the resolver (resolv.conf(5)).
    func addresses(of name: String) async throws -> Set<String> {
        try await queue.run { Result { () throws(LookupFailure) in try Self.lookUp(name) } }.get()
    }

    private static func lookUp(_ name: String) throws(LookupFailure) -> Set<String> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &hints, &list)
        guard status == 0 else {
            throw LookupFailure("\(name) cannot be resolved: \(String(cString: gai_strerror(status)))")
        }
        defer { freeaddrinfo(list) }
        var found: Set<String> = []
        var next = list
        while let entry = next?.pointee {
            if let address = NumericAddress.text(entry.ai_addr, entry.ai_addrlen) { found.insert(address) }
            next = entry.ai_next
        }
        guard !found.isEmpty else { throw LookupFailure("\(name) has no address") }
        return found
    }
}

/// Why no address was found.
package struct LookupFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
