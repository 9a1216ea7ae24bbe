/// What the load balancer thinks of one target.
///
/// A server that refuses everybody with error 1129 still accepts connections: for a TCP check it is healthy.
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealthDescription.html
package struct TargetHealth: Hashable, Sendable {
    /// One word for it; a word that is not among the constants here is kept.
    package struct State: RawRepresentable, Hashable, Sendable {
        package let rawValue: String

        package init(rawValue: String) {
            self.rawValue = rawValue
        }

        package static let initial = State(rawValue: "initial")
        package static let healthy = State(rawValue: "healthy")
        package static let unhealthy = State(rawValue: "unhealthy")
        package static let unhealthyDraining = State(rawValue: "unhealthy.draining")
        /// Not registered, not used by a listener, or in a zone that the load balancer is not in.
        package static let unused = State(rawValue: "unused")
        package static let draining = State(rawValue: "draining")
        package static let unavailable = State(rawValue: "unavailable")
    }

    /// An instance ID, an IP address, or an ARN, by the target type of the group.
    package var targetID: String
    package var port: Int?
    /// A zone, or "all" for an address outside of the VPC.
    package var availabilityZone: String?
    /// The port that is checked: a number, or "traffic-port".
    package var healthCheckPort: String?
    package var state: State
    /// Such as "Target.FailedHealthChecks"; nil for a healthy target.
    package var reason: String?
    /// The reason in words.
    package var explanation: String?

    package init(
        targetID: String,
        port: Int?,
        availabilityZone: String?,
        healthCheckPort: String?,
        state: State,
        reason: String?,
        explanation: String?
    ) {
        self.targetID = targetID
        self.port = port
        self.availabilityZone = availabilityZone
        self.healthCheckPort = healthCheckPort
        self.state = state
        self.reason = reason
        self.explanation = explanation
    }
}
