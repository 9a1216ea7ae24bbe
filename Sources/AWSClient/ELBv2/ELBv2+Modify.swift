extension ELBv2 {
    /// Changes the health check of a target group, and gives the group as the service says it is now.
    ///
    /// Only what is not nil is sent, and at least one has to be. The service checks the values: 5 to 300 s for
    /// the interval, 2 to 120 s for the timeout and less than the interval, 2 to 10 for the threshold
    /// (``AWSError/isInvalidRequest``).
    /// After a failure with ``AWSError/outcomeIsUnknown`` the change may have been made.
    package func modify(
        _ arn: ARN,
        intervalSeconds: Int?,
        timeoutSeconds: Int?,
        healthyThreshold: Int?
    ) async throws(AWSError) -> TargetGroup {
        var parameters = QueryParameters()
        parameters.add("TargetGroupArn", arn.description)
        parameters.add("HealthCheckIntervalSeconds", intervalSeconds)
        parameters.add("HealthCheckTimeoutSeconds", timeoutSeconds)
        parameters.add("HealthyThresholdCount", healthyThreshold)
        guard [intervalSeconds, timeoutSeconds, healthyThreshold] != [nil, nil, nil] else {
            throw .refused("elasticloadbalancing:ModifyTargetGroup", "there is nothing to change of \(arn)")
        }
        return try await result(
            of: "ModifyTargetGroup",
            about: arn,
            until: deadline(),
            parameters
        ) { (result) throws(AnswerError) in
            let groups = try result.requiredMembers(of: "TargetGroups").map(TargetGroup.init)
            guard let group = groups.first(where: { $0.arn == arn }) else {
                throw AnswerError("the answer does not describe \(arn)")
            }
            return group
        }
    }
}
