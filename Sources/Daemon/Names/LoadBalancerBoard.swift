import Synchronization

/// The addresses that the names of load balancers stand for, as last answered.
package final class LoadBalancerBoard: Sendable {
    private let answers = Mutex<[String: [String]]>([:])

    package init() {}

    /// Takes an answer about one name in.
    package func know(_ name: String, _ addresses: [String]) {
        answers.withLock { $0[name] = addresses }
    }

    /// All addresses of these names, and whether each of them was ever answered.
    package func addresses(of names: [String]) -> (addresses: Set<String>, isComplete: Bool) {
        answers.withLock { answers in
            let known = names.compactMap { answers[$0] }
            return (Set(known.joined()), known.count == names.count)
        }
    }
}
