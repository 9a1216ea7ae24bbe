import Synchronization

/// Holds back, for each address of a load balancer by itself, what is refused there and not elsewhere.
///
/// A certificate that is not trusted costs an error of the load balancer's address each time, and so does a host
/// that the account may not come from; the other addresses go on.
package final class NodeLogins: Sendable {
    private let timekeeper: Timekeeper
    private let byAddress = Mutex<[String: PacedLogins]>([:])

    package init(_ timekeeper: Timekeeper) {
        self.timekeeper = timekeeper
    }

    /// Runs `login`, or throws the last refusal through this address again.
    package func login<Value: Sendable>(
        through address: String,
        _ login: () async throws -> Value
    ) async throws -> Value {
        let paced = byAddress.withLock { byAddress in
            if let known = byAddress[address] { return known }
            let new = PacedLogins(
                passwordFile: nil,
                longestWait: .seconds(3600),
                isRefusal: { $0.isOfAddress },
                timekeeper: timekeeper
            )
            byAddress[address] = new
            return new
        }
        return try await paced.login { _ in try await login() }
    }
}

extension ServerFailure {
    /// Whether it may be refused through one address and let in through another.
    ///
    /// 1130 is "Host is not allowed to connect" (ER_HOST_NOT_PRIVILEGED).
    var isOfAddress: Bool { reason == .tls || code == 1130 }
}
