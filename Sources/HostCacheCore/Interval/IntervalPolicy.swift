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
}
