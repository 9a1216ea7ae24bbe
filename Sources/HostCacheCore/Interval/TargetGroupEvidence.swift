/// What AWS says of one target group and its health check.
///
/// Values as `DescribeTargetGroups`, `DescribeTargetHealth` and `DescribeTags` give them; words are kept as
/// they are, so that one AWS adds later is still a value.
package struct TargetGroupEvidence: Hashable, Sendable {
    package var arn: String
    package var name: String
    /// The group's own port, which a target may override.
    package var port: UInt16?
    package var healthCheck: HealthCheck
    package var targets: [Target]
    package var tags: [Tag]
    /// ARNs of the load balancers that send it traffic; empty while no listener uses it.
    package var loadBalancers: [String]

    package init(
        arn: String,
        name: String,
        port: UInt16?,
        healthCheck: HealthCheck,
        targets: [Target],
        tags: [Tag],
        loadBalancers: [String] = []
    ) {
        self.arn = arn
        self.name = name
        self.port = port
        self.healthCheck = healthCheck
        self.targets = targets
        self.tags = tags
        self.loadBalancers = loadBalancers
    }

    /// How the load balancer checks the targets.
    package struct HealthCheck: Hashable, Sendable {
        package var isEnabled: Bool
        /// The health check's protocol, such as `TCP`, `HTTP` or `HTTPS`.
        package var transport: String
        /// A number, or `traffic-port` for each target's own.
        package var port: String
        /// 5 to 300 s.
        package var interval: Duration
        /// 2 to 120 s, below the interval.
        package var timeout: Duration
        /// Checks in a row until a target counts as healthy, 2 to 10.
        package var healthyThreshold: Int
        /// Checks in a row until a target counts as unhealthy, 2 to 10.
        package var unhealthyThreshold: Int

        package init(
            isEnabled: Bool,
            transport: String,
            port: String,
            interval: Duration,
            timeout: Duration,
            healthyThreshold: Int,
            unhealthyThreshold: Int
        ) {
            self.isEnabled = isEnabled
            self.transport = transport
            self.port = port
            self.interval = interval
            self.timeout = timeout
            self.healthyThreshold = healthyThreshold
            self.unhealthyThreshold = unhealthyThreshold
        }
    }

    /// One registered target.
    package struct Target: Hashable, Sendable {
        package var id: String
        package var port: UInt16?
        /// The target's state, such as `healthy`, `draining` or `unused`.
        package var state: String

        package init(id: String, port: UInt16?, state: String) {
            self.id = id
            self.port = port
            self.state = state
        }
    }

    /// One tag.
    package struct Tag: Hashable, Sendable {
        package var key: String
        package var value: String

        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }
}
