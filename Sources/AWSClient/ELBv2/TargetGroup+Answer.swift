extension TargetGroup {
    /// Reads one member of `TargetGroups`; elements that are not known are passed over.
    init(_ element: XMLElement) throws(AnswerError) {
        var loadBalancers: [ARN] = []
        for member in element.members(of: "LoadBalancerArns") ?? [] {
            loadBalancers.append(try XMLElement.arn(member.text))
        }
        self.init(
            arn: try XMLElement.arn(try element.required("TargetGroupArn")),
            name: element.text(of: "TargetGroupName"),
            protocolName: element.text(of: "Protocol"),
            port: try element.number(of: "Port"),
            vpcID: element.text(of: "VpcId"),
            healthCheck: HealthCheck(
                protocolName: element.text(of: "HealthCheckProtocol"),
                port: element.text(of: "HealthCheckPort"),
                isEnabled: try element.flag(of: "HealthCheckEnabled"),
                intervalSeconds: try element.number(of: "HealthCheckIntervalSeconds"),
                timeoutSeconds: try element.number(of: "HealthCheckTimeoutSeconds"),
                healthyThreshold: try element.number(of: "HealthyThresholdCount"),
                unhealthyThreshold: try element.number(of: "UnhealthyThresholdCount")
            ),
            loadBalancers: loadBalancers,
            targetType: element.text(of: "TargetType"),
            ipAddressType: element.text(of: "IpAddressType")
        )
    }
}
