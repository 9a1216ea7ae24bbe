extension TargetGroupState {
    /// The group as a member of `TargetGroups`.
    var description: [XMLElement] {
        [
            .leaf("TargetGroupArn", arn),
            .leaf("TargetGroupName", name),
            .leaf("Protocol", self.protocol),
            .leaf("Port", String(port)),
            .leaf("VpcId", vpc),
            .leaf("HealthCheckProtocol", healthCheck.protocol),
            .leaf("HealthCheckPort", healthCheck.port),
            .leaf("HealthCheckEnabled", "true"),
            .leaf("HealthCheckIntervalSeconds", String(healthCheck.interval.components.seconds)),
            .leaf("HealthCheckTimeoutSeconds", String(healthCheck.timeout.components.seconds)),
            .leaf("HealthyThresholdCount", String(healthCheck.healthyThreshold)),
            .leaf("UnhealthyThresholdCount", String(healthCheck.unhealthyThreshold)),
            .branch("LoadBalancerArns", loadBalancers.map { .leaf("member", $0) }),
            .leaf("TargetType", "ip"),
            .leaf("IpAddressType", "ipv4"),
        ]
    }
}

extension TargetGroupState.Target {
    /// The target as a member of `TargetHealthDescriptions`.
    ///
    /// The port of the check is a number, as AWS's is; moto says `traffic-port`.
    func description(in group: TargetGroupState) -> [XMLElement] {
        let checked = group.healthCheck.port == "traffic-port" ? String(port) : group.healthCheck.port
        let health: [XMLElement] = [.leaf("State", state)] + (reason.map { [.leaf("Reason", $0)] } ?? [])
        return [
            .branch("Target", [.leaf("Id", id), .leaf("Port", String(port))]),
            .leaf("HealthCheckPort", checked),
            .branch("TargetHealth", health),
        ]
    }
}
