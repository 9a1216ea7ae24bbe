import Dispatch
import Glibc

/// Asks the resolver for addresses, on a thread of its own, since it blocks.
struct AddressLookup: Sendable {
    private let queue = DispatchQueue(label: "hostcached.lookup", attributes: .concurrent)
    private let bound = Duration.seconds(5)

    /// The addresses of a name, or an address itself, as the host cache shows them; never empty.
    ///
    /// Throws ``LookupFailure``, after five seconds at the latest, or `CancellationError`. Nothing ends a lookup
    /// that hangs: its thread stays behind until the resolver gives up (resolv.conf(5)).
    func addresses(of name: String) async throws -> Set<String> {
        let (answers, answer) = AsyncThrowingStream<Set<String>, any Error>.makeStream()
        queue.async {
            do throws(LookupFailure) {
                answer.yield(try Self.lookUp(name))
                answer.finish()
            } catch {
                answer.finish(throwing: error)
            }
        }
        queue.asyncAfter(deadline: .now() + .seconds(Int(bound.components.seconds))) {
            answer.finish(throwing: LookupFailure("\(name) was not resolved within \(bound)"))
        }
        for try await found in answers { return found }
        throw CancellationError()
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
