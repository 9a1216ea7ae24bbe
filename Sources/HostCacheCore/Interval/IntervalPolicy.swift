/// What the operator wants for one target group.
package struct IntervalPolicy: Hashable, Sendable {
    /// The health-check interval wanted, 5 to 300 s.
    package var wanted: Duration
    /// The healthy threshold to set along, 2 to 10; nil leaves it.
    package var healthyThreshold: Int?
    /// Whether anything may be changed: only when every server that lists the group says so.
    package var isEnforcing: Bool
    /// Whether every server that lists it has `interval` among its actions.
    package var isAllowed: Bool
    /// `accept_slow_failover`, by every server that lists it.
    package var acceptsSlowFailover: Bool
    /// `adopt`, by every server that lists it.
    package var adopts: Bool
    /// The ports of the servers that list it.
    package var watchedPorts: Set<UInt16>
    /// Names of the servers that list it and are reached through a socket, while their port is not known: it is the
    /// server's own `@@port`.
    package var serversWithoutPort: Set<String> = []

    package init(
        wanted: Duration,
        healthyThreshold: Int?,
        isEnforcing: Bool,
        isAllowed: Bool,
        acceptsSlowFailover: Bool,
        adopts: Bool,
        watchedPorts: Set<UInt16>
    ) {
        self.wanted = wanted
        self.healthyThreshold = healthyThreshold
        self.isEnforcing = isEnforcing
        self.isAllowed = isAllowed
        self.acceptsSlowFailover = acceptsSlowFailover
        self.adopts = adopts
        self.watchedPorts = watchedPorts
    }

    /// The same with the ports that servers have told since; `port` gives one by the server's name, nil for unknown.
    package func knowing(_ port: (String) -> UInt16?) -> Self {
        var policy = self
        for name in serversWithoutPort {
            guard let port = port(name) else { continue }
            policy.watchedPorts.insert(port)
            policy.serversWithoutPort.remove(name)
        }
        return policy
    }
}
