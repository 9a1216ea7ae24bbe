import HostCacheCore

extension TargetGroupEvidence {
    /// The ARN of every sample.
    static let sampleARN =
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/d4161e370077b179"

    /// A TCP group with one healthy target, as AWS makes a new one.
    static func sample(
        arn: String = sampleARN,
        interval: Int64 = 30,
        transport: String = "TCP",
        port: String = "traffic-port",
        targets: [Target] = [.sample()],
        tags: [Tag] = []
    ) -> Self {
        Self(
            arn: arn,
            name: "orders",
            port: 3306,
            healthCheck: HealthCheck(
                isEnabled: true,
                transport: transport,
                port: port,
                interval: .seconds(interval),
                timeout: .seconds(10),
                healthyThreshold: 5,
                unhealthyThreshold: 2
            ),
            targets: targets,
            tags: tags
        )
    }
}

extension TargetGroupEvidence.Target {
    static func sample(_ id: String = "10.0.3.7", state: String = "healthy") -> Self {
        Self(id: id, port: 3306, state: state)
    }
}

extension IntervalPolicy {
    /// Wants 300 s and may set them, unless told otherwise.
    static func sample(_ change: (inout IntervalPolicy) -> Void = { _ in }) -> Self {
        var policy = Self(
            wanted: .seconds(300),
            healthyThreshold: nil,
            isEnforcing: true,
            isAllowed: true,
            acceptsSlowFailover: false,
            adopts: false,
            watchedPorts: [3306]
        )
        change(&policy)
        return policy
    }
}
