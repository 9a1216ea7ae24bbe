/// The load balancers' interface, as far as health checks need it.
///
/// Region and partition come from the ARNs. Every call has ``timeout`` in total, all its pages and attempts
/// included; it is cancelled with its task.
package struct ELBv2: Sendable {
    /// For one call.
    package static let timeout = Duration.seconds(30)

    /// Every action it sends, for those who count them.
    package static let actions = [
        "DescribeTags", "DescribeTargetGroups", "DescribeTargetHealth", "ModifyTargetGroup",
    ]

    private let caller: AWSCaller

    /// Sends everything to `endpoint`, if there is one, instead of AWS's own addresses.
    package init(_ surroundings: AWSSurroundings, endpoint: EndpointURL?) {
        caller = AWSCaller(surroundings, override: endpoint, policy: .standard)
    }

    /// The end of a call that starts now.
    func deadline() -> Duration { caller.surroundings.now() + Self.timeout }

    /// Makes one request and reads its result.
    func result<Value>(
        of action: String,
        about arn: ARN,
        until deadline: Duration,
        _ parameters: QueryParameters,
        reading read: (XMLElement) throws(AnswerError) -> Value
    ) async throws(AWSError) -> Value {
        // Everything here reads, or sets to a value that does not depend on the value before.
        let call = AWSCall(service: .elbv2, action: action, parameters: parameters, isRepeatable: true)
        return try await caller.result(of: call, about: arn, until: deadline, reading: read)
    }
}
