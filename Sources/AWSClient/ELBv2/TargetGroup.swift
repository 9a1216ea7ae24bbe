/// A target group as Elastic Load Balancing describes it.
///
/// Optional is what an answer need not hold, and text what the service may add values to. Numbers are as they
/// came, in or out of the documented range.
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroup.html
package struct TargetGroup: Hashable, Sendable {
    /// How the targets are checked.
    package struct HealthCheck: Hashable, Sendable {
        /// "TCP", "HTTP", "HTTPS" and what may come.
        package var protocolName: String?
        /// A number, or "traffic-port" for the port that the target is registered with.
        package var port: String?
        /// Off only for Lambda targets.
        package var isEnabled: Bool?
        /// Between the checks of one target by one load balancer node; documented: 5 to 300.
        package var intervalSeconds: Int?
        /// Until a check without an answer has failed; documented: 2 to 120.
        package var timeoutSeconds: Int?
        /// How many checks in a row make a target healthy; documented: 2 to 10.
        package var healthyThreshold: Int?
        /// How many failed checks in a row make a target unhealthy; documented: 2 to 10.
        package var unhealthyThreshold: Int?

        package init(
            protocolName: String?,
            port: String?,
            isEnabled: Bool?,
            intervalSeconds: Int?,
            timeoutSeconds: Int?,
            healthyThreshold: Int?,
            unhealthyThreshold: Int?
        ) {
            self.protocolName = protocolName
            self.port = port
            self.isEnabled = isEnabled
            self.intervalSeconds = intervalSeconds
            self.timeoutSeconds = timeoutSeconds
            self.healthyThreshold = healthyThreshold
            self.unhealthyThreshold = unhealthyThreshold
        }
    }

    package var arn: ARN
    package var name: String?
    /// What the targets speak: "TCP", "TLS", "UDP" and what may come.
    package var protocolName: String?
    /// The port of targets that are registered without one; nil for Lambda targets.
    package var port: Int?
    package var vpcID: String?
    package var healthCheck: HealthCheck
    /// The load balancers that use it; one at most, by the service's documentation.
    package var loadBalancers: [ARN]
    /// "instance", "ip", "lambda", "alb" and what may come.
    package var targetType: String?
    /// "ipv4" or "ipv6".
    package var ipAddressType: String?

    package init(
        arn: ARN,
        name: String?,
        protocolName: String?,
        port: Int?,
        vpcID: String?,
        healthCheck: HealthCheck,
        loadBalancers: [ARN],
        targetType: String?,
        ipAddressType: String?
    ) {
        self.arn = arn
        self.name = name
        self.protocolName = protocolName
        self.port = port
        self.vpcID = vpcID
        self.healthCheck = healthCheck
        self.loadBalancers = loadBalancers
        self.targetType = targetType
        self.ipAddressType = ipAddressType
    }
}
