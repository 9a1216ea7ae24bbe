/// A change of a target group's health check: only the fields that change.
package struct IntervalChange: Hashable, Sendable {
    package var interval: Duration
    /// Set along when it would not be below the interval any more; nil leaves it.
    package var timeout: Duration?
    /// Set along when the operator asks for another; nil leaves it.
    package var healthyThreshold: Int?

    /// The change that brings a health check to the policy.
    package init(_ check: TargetGroupEvidence.HealthCheck, policy: IntervalPolicy) {
        interval = policy.wanted
        timeout = check.timeout < policy.wanted ? nil : policy.wanted - .seconds(1)
        healthyThreshold = policy.healthyThreshold == check.healthyThreshold ? nil : policy.healthyThreshold
    }

    /// What puts back the settings that a change may touch.
    package init(keeping check: TargetGroupEvidence.HealthCheck) {
        interval = check.interval
        timeout = check.timeout
        healthyThreshold = check.healthyThreshold
    }

    package init(interval: Duration, timeout: Duration?, healthyThreshold: Int?) {
        self.interval = interval
        self.timeout = timeout
        self.healthyThreshold = healthyThreshold
    }

    /// The health check as it is after the change.
    package func applied(to check: TargetGroupEvidence.HealthCheck) -> TargetGroupEvidence.HealthCheck {
        var after = check
        after.interval = interval
        after.timeout = timeout ?? check.timeout
        after.healthyThreshold = healthyThreshold ?? check.healthyThreshold
        return after
    }
}
