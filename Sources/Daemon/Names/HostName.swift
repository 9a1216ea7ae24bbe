package import Configuration
import Synchronization

/// The addresses that a server's own name leads to, looked up every minute while it is watched.
///
/// A connection stays with the server it was made to, wherever the name leads after a failover or a move; this tells
/// when that is no longer the server meant.
package final class HostName: Sendable {
    private let name: String
    private let resolver: NameResolver
    private let timekeeper: Timekeeper
    /// As ``NameResolver`` gives them; empty until the first answer.
    private let addresses = Mutex<Set<String>>([])

    /// - Parameters:
    ///   - name: The name as configured.
    ///   - resolver: Who looks it up.
    ///   - timekeeper: Only its sleep is used.
    package init(_ name: String, resolver: NameResolver, timekeeper: Timekeeper) {
        self.name = name
        self.resolver = resolver
        self.timekeeper = timekeeper
    }

    /// From one lookup to the next.
    private static let pause = Duration.seconds(60)
    /// A name that gives each time another of its addresses is asked several times before one of them is missed.
    private static let repeats = 3
    private static let shortPause = Duration.seconds(2)

    /// Looks the name up again and again until it is cancelled; a lookup that fails keeps the last answer.
    package func run() async {
        while !Task.isCancelled {
            do {
                try await refresh()
                try await timekeeper.sleep(Self.pause)
            } catch {
                // Cancelled, which the loop sees for itself.
            }
        }
    }

    /// Whether the name is known to lead elsewhere than to `peer`, an address as ``ServerConnection/peer`` has it.
    package func hasLeft(_ peer: String) -> Bool {
        addresses.withLock { !$0.isEmpty && !$0.contains(peer) }
    }

    private func refresh() async throws {
        var found: Set<String> = []
        for attempt in 1...Self.repeats {
            if attempt > 1 { try await timekeeper.sleep(Self.shortPause) }
            guard let answer = try await answer() else { return }
            found.formUnion(answer)
            if addresses.withLock({ $0.isSubset(of: found) && !$0.isEmpty }) { break }
        }
        addresses.withLock { [found] in $0 = found }
    }

    /// The name's addresses; nil where it cannot be looked up now, throws `CancellationError`.
    private func answer() async throws -> Set<String>? {
        do {
            return Set(try await resolver.addresses(name))
        } catch is ResolutionFailure {
            return nil
        }
    }
}

extension HostName {
    /// The name of a configured server, looked up by the machine; nil for an address or a socket, which do not move.
    package static func of(_ server: DaemonConfiguration.Server, timekeeper: Timekeeper) -> HostName? {
        guard case .tcp(let host, _) = server.address, IPAddress(host) == nil else { return nil }
        return HostName(host, resolver: .live(), timekeeper: timekeeper)
    }
}
