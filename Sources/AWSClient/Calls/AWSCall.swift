/// One action of a service, with its parameters.
struct AWSCall: Hashable, Sendable {
    let service: AWSService
    /// Such as "ModifyTargetGroup".
    let action: String
    let parameters: QueryParameters
    /// Whether doing it twice is the same as doing it once; then it is tried again after an unknown outcome.
    let isRepeatable: Bool

    /// As a policy names it: "elasticloadbalancing:ModifyTargetGroup".
    var name: String { "\(service.name):\(action)" }
}
