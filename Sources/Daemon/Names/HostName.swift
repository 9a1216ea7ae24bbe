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
    private let leads = Mutex(Leads())

    /// Where the name leads and where it no longer does, as ``NameResolver`` gives addresses.
    private struct Leads {
        /// Empty until the first answer; until then what connections were made to.
        var now: Set<String> = []
        /// What an answer has had and the last one has not.
        var before: Set<String> = []
        var isAnswered = false
    }

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

    /// Whether the name led to `peer`, an address as ``ServerConnection/peer`` has it, and no longer does.
    ///
    /// One that no answer ever had is no proof of it: a connection may be newer than the last answer, and something in
    /// between may show another address than the one connected to.
    package func hasLeft(_ peer: String) -> Bool {
        leads.withLock { leads in
            if !leads.isAnswered { leads.now.insert(peer) }
            return leads.before.contains(peer)
        }
    }

    private func refresh() async throws {
        var found: Set<String> = []
        for attempt in 1...Self.repeats {
            if attempt > 1 { try await timekeeper.sleep(Self.shortPause) }
            guard let answer = try await answer() else { return }
            found.formUnion(answer)
            if leads.withLock({ $0.isAnswered && $0.now.isSubset(of: found) }) { break }
        }
        leads.withLock { [found] leads in
            leads.before = leads.before.union(leads.now).subtracting(found)
            leads.now = found
            leads.isAnswered = true
        }
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
