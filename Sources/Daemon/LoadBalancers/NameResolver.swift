import Configuration
import Dispatch
import Glibc
import Synchronization

/// Looks up the addresses of a host name.
package struct NameResolver: Sendable {
    /// The addresses in the text form that the host cache shows, sorted, without repetition; never empty.
    ///
    /// Throws ``ResolutionFailure``.
    package var addresses: @Sendable (_ name: String) async throws -> [String]

    package init(addresses: @escaping @Sendable (_ name: String) async throws -> [String]) {
        self.addresses = addresses
    }

    /// The C library's resolver, on threads of its own: it blocks, and nothing ends it before its time.
    ///
    /// - Parameter deadline: How long an answer is waited for. The thread stays in the lookup until the resolver
    ///   gives up.
    /// - Returns: The resolver.
    package static func live(deadline: Duration) -> NameResolver {
        NameResolver { name in
            let answer = Answer()
            DispatchQueue.global().async { answer.give(lookUp(name)) }
            let bound = DispatchTimeInterval.milliseconds(Int(clamping: deadline.components.seconds) * 1000)
            DispatchQueue.global().asyncAfter(deadline: .now() + bound) {
                answer.give(.failure(ResolutionFailure(name, "no answer within \(deadline)")))
            }
            return try await answer.wait()
        }
    }

    private static func lookUp(_ name: String) -> Result<[String], ResolutionFailure> {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(name, nil, &hints, &list)
        defer { freeaddrinfo(list) }
        guard code == 0 else { return .failure(ResolutionFailure(name, String(cString: gai_strerror(code)))) }
        var found: Set<String> = []
        var next = list
        while let entry = next {
            if let text = text(of: entry.pointee) { found.insert(text) }
            next = entry.pointee.ai_next
        }
        return found.isEmpty
            ? .failure(ResolutionFailure(name, "it has no address")) : .success(found.sorted())
    }

    private static func text(of entry: addrinfo) -> String? {
        let size = Int(NI_MAXHOST)
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: size) { buffer in
            let code = getnameinfo(
                entry.ai_addr,
                entry.ai_addrlen,
                buffer.baseAddress,
                socklen_t(size),
                nil,
                0,
                NI_NUMERICHOST
            )
            return code == 0 ? buffer.baseAddress.map { IPAddress.canonical(String(cString: $0)) } : nil
        }
    }
}

/// Why a name has no addresses now.
package struct ResolutionFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ name: String, _ why: String) {
        description = "\(name) cannot be looked up: \(why)"
    }
}

/// The first answer of several that may come.
private final class Answer: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<[String], any Error>)
        case given(Result<[String], ResolutionFailure>)
        case taken
    }

    private let state = Mutex(State.open)

    /// Gives an answer; only the first counts.
    func give(_ result: Result<[String], ResolutionFailure>) {
        let waiting: CheckedContinuation<[String], any Error>? = state.withLock { state in
            switch state {
            case .open:
                state = .given(result)
                return nil
            case .awaited(let continuation):
                state = .taken
                return continuation
            case .given, .taken:
                return nil
            }
        }
        waiting?.resume(with: result.mapError { $0 })
    }

    /// Waits for it; to be called once.
    func wait() async throws -> [String] {
        try await withCheckedThrowingContinuation { continuation in
            let result: Result<[String], ResolutionFailure>? = state.withLock { state in
                if case .given(let result) = state {
                    state = .taken
                    return result
                }
                state = .awaited(continuation)
                return nil
            }
            if let result { continuation.resume(with: result.mapError { $0 }) }
        }
    }
}
