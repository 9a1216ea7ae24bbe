import Synchronization

/// The addresses that load balancers are known to have: by their names, and by logins through them.
package final class LoadBalancerBoard: Sendable {
    private struct State {
        /// By name: each address, and when an answer had it last.
        var answers: [String: [String: Duration]] = [:]
        /// By server: where logins through its load balancer came from.
        var proved: [String: Set<String>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// How long an address counts after the last answer that had it.
    ///
    /// An answer is the least there is: zones that are marked unhealthy are left out, while their health checks go
    /// on, and addresses last as long as the load balancer (AWS, "Network Load Balancers": DNS failover, node IPs).
    package static let retention = Duration.seconds(86_400)

    /// Takes an answer about one name in.
    package func know(_ name: String, _ addresses: [String], at instant: Duration) {
        state.withLock { state in
            let kept = (state.answers[name] ?? [:]).filter { instant - $0.value <= Self.retention }
            let answered = addresses.map { ($0, instant) }
            state.answers[name] = kept.merging(answered) { _, newer in newer }
        }
    }

    /// Takes in where the server saw a login come from that went through its load balancer.
    package func prove(_ server: String, _ addresses: Set<String>) {
        state.withLock { $0.proved[server, default: []].formUnion(addresses) }
    }

    /// All addresses of these names, and whether each of them was ever answered.
    package func addresses(of names: [String]) -> (addresses: Set<String>, isComplete: Bool) {
        state.withLock { state in
            let known = names.compactMap { state.answers[$0]?.keys }
            return (Set(known.joined()), known.count == names.count)
        }
    }

    /// The same, with those that logins have proved to be this server's load balancer's.
    ///
    /// - Parameters:
    ///   - names: The names of its load balancers.
    ///   - server: Its configured name.
    ///   - needsProof: Whether it is complete with such a proof only: where logins go in need not be where the
    ///     server sees them come from.
    /// - Returns: The addresses, and whether they are all.
    package func addresses(
        of names: [String],
        provedBy server: String,
        needsProof: Bool
    ) -> (addresses: Set<String>, isComplete: Bool) {
        let named = addresses(of: names)
        let proved = state.withLock { $0.proved[server] ?? [] }
        return (named.addresses.union(proved), named.isComplete && !(needsProof && proved.isEmpty))
    }
}
