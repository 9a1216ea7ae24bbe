import Synchronization

/// The addresses that the names of load balancers stand for, by the answers of the last day.
package final class LoadBalancerBoard: Sendable {
    /// By name: each address, and when an answer had it last.
    private let answers = Mutex<[String: [String: Duration]]>([:])

    package init() {}

    /// How long an address counts after the last answer that had it.
    ///
    /// An answer is the least there is: zones that are marked unhealthy are left out, while their health checks go
    /// on, and addresses last as long as the load balancer (AWS, "Network Load Balancers": DNS failover, node IPs).
    package static let retention = Duration.seconds(86_400)

    /// Takes an answer about one name in.
    package func know(_ name: String, _ addresses: [String], at instant: Duration) {
        answers.withLock { answers in
            let kept = (answers[name] ?? [:]).filter { instant - $0.value <= Self.retention }
            answers[name] = kept.merging(addresses.map { ($0, instant) }) { _, newer in newer }
        }
    }

    /// The addresses of each of these names; a name without an answer is missing.
    package func byName(_ names: [String]) -> [String: Set<String>] {
        answers.withLock { answers in
            answers.filter { names.contains($0.key) }.mapValues { Set($0.keys) }
        }
    }

    /// All addresses of these names, and whether each of them was ever answered.
    package func addresses(of names: [String]) -> (addresses: Set<String>, isComplete: Bool) {
        answers.withLock { answers in
            let known = names.compactMap { answers[$0]?.keys }
            return (Set(known.joined()), known.count == names.count)
        }
    }
}
