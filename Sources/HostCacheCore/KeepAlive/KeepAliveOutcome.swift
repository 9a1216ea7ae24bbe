/// What one keep-alive login showed.
package enum KeepAliveOutcome: String, Hashable, Sendable, CaseIterable {
    /// The server saw another address than ours: that address's errors are zero now.
    case proved
    /// The server saw our own address: the load balancer preserves it, and its own address gained nothing.
    case ownAddress = "own_address"
    /// The login succeeded, but whose address the server saw cannot be told.
    case unknown
    /// No login.
    case failed

    /// Judges a login by the address the server saw.
    ///
    /// - Parameters:
    ///   - seen: The addresses of the host that `USER()` names; empty when they cannot be had.
    ///   - own: All addresses that stand for this machine: its interfaces', and what the server sees of a
    ///     direct connection. Nil when the latter is not known.
    package init(seen: Set<String>, own: Set<String>?) {
        if let own, !own.isDisjoint(with: seen) {
            self = .ownAddress
        } else if own == nil || seen.isEmpty {
            // Behind a gateway the server sees an address that no interface here has.
            self = .unknown
        } else {
            self = .proved
        }
    }
}
