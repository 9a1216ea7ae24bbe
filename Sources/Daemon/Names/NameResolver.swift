import Dispatch
import Glibc
import Replies

/// Looks up the addresses of a host name.
package struct NameResolver: Sendable {
    /// The addresses of a name, or an address itself, in the text form that the host cache shows: sorted, without
    /// repetition, never empty.
    ///
    /// Throws ``ResolutionFailure`` or `CancellationError`.
    package var addresses: @Sendable (_ name: String) async throws -> [String]

    package init(addresses: @escaping @Sendable (_ name: String) async throws -> [String]) {
        self.addresses = addresses
    }

    /// How long an answer is waited for where nobody says otherwise: what resolv.conf(5) gives one name server.
    package static let deadline = Duration.seconds(5)

    /// The C library's resolver, on threads of its own, since it blocks.
    ///
    /// - Parameter deadline: How long an answer is waited for. Nothing ends a lookup that hangs: its thread stays
    ///   behind until the resolver gives up.
    /// - Returns: The resolver.
    package static func live(deadline: Duration = deadline) -> NameResolver {
        let queue = DispatchQueue(label: "hostcached.names", attributes: .concurrent)
        return NameResolver { name in
            let reply = Reply<[String], any Error>()
            queue.async { reply.give(Result { try lookUp(name) }) }
            queue.asyncAfter(deadline: .now() + .seconds(Int(clamping: deadline.components.seconds))) {
                reply.give(.failure(ResolutionFailure(name, "no answer within \(deadline)")))
            }
            return try await withTaskCancellationHandler {
                try await reply.wait().get()
            } onCancel: {
                reply.give(.failure(CancellationError()))
            }
        }
    }

    private static func lookUp(_ name: String) throws(ResolutionFailure) -> [String] {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(name, nil, &hints, &list)
        guard status == 0 else { throw ResolutionFailure(name, String(cString: gai_strerror(status))) }
        defer { freeaddrinfo(list) }
        var found: Set<String> = []
        var next = list
        while let entry = next?.pointee {
            if let address = NumericAddress.text(entry.ai_addr, entry.ai_addrlen) { found.insert(address) }
            next = entry.ai_next
        }
        guard !found.isEmpty else { throw ResolutionFailure(name, "it has no address") }
        return found.sorted()
    }
}

/// Why a name has no addresses now.
package struct ResolutionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ name: String, _ why: String) {
        description = "\(name) cannot be looked up: \(why)"
    }
}
