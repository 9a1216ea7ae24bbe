/// One target group as ``FakeAWS`` knows it; the defaults are those AWS gives a new TCP group.
package struct TargetGroupState: Hashable, Sendable {
    /// How the load balancer finds out whether a target is well.
    package struct HealthCheck: Hashable, Sendable {
        /// `TCP`, `HTTP` or `HTTPS`.
        package var `protocol`: String
        /// A port number, or `traffic-port` for the port of each target.
        package var port: String
        /// Whole seconds.
        package var interval: Duration
        /// Whole seconds.
        package var timeout: Duration
        package var healthyThreshold: Int
        package var unhealthyThreshold: Int

        /// Whatever is given is believed, also what ``FakeAWS`` would refuse in a request.
        package init(
            protocol: String = "TCP",
            port: String = "traffic-port",
            interval: Duration = .seconds(30),
            timeout: Duration = .seconds(10),
            healthyThreshold: Int = 5,
            unhealthyThreshold: Int = 2
        ) {
            self.protocol = `protocol`
            self.port = port
            self.interval = interval
            self.timeout = timeout
            self.healthyThreshold = healthyThreshold
            self.unhealthyThreshold = unhealthyThreshold
        }
    }

    /// A registered address and what the load balancer thinks of it.
    package struct Target: Hashable, Sendable {
        /// An IP address or instance id.
        package var id: String
        package var port: UInt16
        /// `initial`, `healthy`, `unhealthy`, `unused`, `draining` and more.
        package var state: String
        /// Such as `Target.DeregistrationInProgress`; nil for healthy targets.
        package var reason: String?

        package init(id: String, port: UInt16 = 3306, state: String = "healthy", reason: String? = nil) {
            self.id = id
            self.port = port
            self.state = state
            self.reason = reason
        }
    }

    /// A key and a value that people and tools put on a group.
    package struct Tag: Hashable, Sendable {
        package var key: String
        package var value: String

        package init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    /// `arn:aws:elasticloadbalancing:REGION:ACCOUNT:targetgroup/NAME/ID`; identifies the group.
    package var arn: String
    package var `protocol`: String
    package var port: UInt16
    package var vpc: String
    package var healthCheck: HealthCheck
    /// ARNs; AWS allows at most one.
    package var loadBalancers: [String]
    package var targets: [Target]
    package var tags: [Tag]

    package init(
        arn: String,
        protocol: String = "TCP",
        port: UInt16 = 3306,
        vpc: String = "vpc-6a6895b97dd26553f",
        healthCheck: HealthCheck = HealthCheck(),
        loadBalancers: [String] = [],
        targets: [Target] = [],
        tags: [Tag] = []
    ) {
        self.arn = arn
        self.protocol = `protocol`
        self.port = port
        self.vpc = vpc
        self.healthCheck = healthCheck
        self.loadBalancers = loadBalancers
        self.targets = targets
        self.tags = tags
    }

    /// The name in the ARN, empty when it has none.
    var name: String {
        arn.split(separator: "/").dropFirst().first.map(String.init) ?? ""
    }
}
