/// An error answer of the service, under AWS's own code.
struct ServiceError: Error, Hashable, Sendable {
    let status: Int
    let code: String
    let message: String

    /// Something about the parameters is wrong.
    static func validation(_ message: String) -> Self {
        Self(status: 400, code: "ValidationError", message: message)
    }

    /// `message` of DescribeTargetGroups is "One or more target groups not found".
    static func targetGroupNotFound(_ message: String) -> Self {
        Self(status: 400, code: "TargetGroupNotFound", message: message)
    }

    /// The bucket of requests is empty.
    static let throttled = Self(status: 400, code: "Throttling", message: "Rate exceeded")

    /// The credentials are good and the policy does not allow the action.
    static func accessDenied(_ action: String, user: String) -> Self {
        Self(
            status: 403,
            code: "AccessDenied",
            message: "User: \(user) is not authorized to perform: elasticloadbalancing:\(action)"
                + " because no identity-based policy allows the elasticloadbalancing:\(action) action"
        )
    }

    /// The key id, or the session token that came with it, is not known.
    static let invalidClientToken = Self(
        status: 403,
        code: "InvalidClientTokenId",
        message: "The security token included in the request is invalid."
    )

    /// The signature, its date or its scope is wrong.
    static func signature(_ message: String) -> Self {
        Self(status: 403, code: "SignatureDoesNotMatch", message: message)
    }

    /// The parts of a signature are not all there.
    static func incompleteSignature(_ message: String) -> Self {
        Self(status: 403, code: "IncompleteSignature", message: message)
    }
}
