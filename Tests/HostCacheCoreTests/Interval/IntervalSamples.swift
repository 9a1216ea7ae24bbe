import HostCacheCore

extension TargetGroupEvidence {
    /// A group with one healthy target, checked over TCP on its port every 30 s, as a new group is.
    static func sample(
        port: UInt16? = 3306,
        check: HealthCheck = .sample(),
        targets: [Target] = [.sample()],
        tags: [Tag] = []
    ) -> Self {
        Self(
            arn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/0123456789abcdef",
            name: "orders",
            port: port,
            healthCheck: check,
            targets: targets,
            tags: tags
        )
    }
}

extension TargetGroupEvidence.HealthCheck {
    static func sample(
        isEnabled: Bool = true,
        transport: String = "TCP",
        port: String = "traffic-port",
        interval: Int64 = 30,
        timeout: Int64 = 10,
        healthyThreshold: Int = 5,
        unhealthyThreshold: Int = 2
    ) -> Self {
        Self(
            isEnabled: isEnabled,
            transport: transport,
            port: port,
            interval: .seconds(interval),
            timeout: .seconds(timeout),
            healthyThreshold: healthyThreshold,
            unhealthyThreshold: unhealthyThreshold
        )
    }
}

extension TargetGroupEvidence.Target {
    static func sample(port: UInt16? = 3306, state: String = "healthy") -> Self {
        Self(id: "10.0.3.7", port: port, state: state)
    }
}

extension IntervalPolicy {
    /// May change anything that needs no further word of the operator's.
    static func sample(
        wanted: Int64 = 300,
        healthyThreshold: Int? = nil,
        isEnforcing: Bool = true,
        isAllowed: Bool = true,
        acceptsSlowFailover: Bool = false,
        adopts: Bool = false,
        watchedPorts: Set<UInt16> = [3306]
    ) -> Self {
        Self(
            wanted: .seconds(wanted),
            healthyThreshold: healthyThreshold,
            isEnforcing: isEnforcing,
            isAllowed: isAllowed,
            acceptsSlowFailover: acceptsSlowFailover,
            adopts: adopts,
            watchedPorts: watchedPorts
        )
    }
}
