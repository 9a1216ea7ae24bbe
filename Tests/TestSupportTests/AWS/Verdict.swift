import TestSupport

/// What an answer amounts to, so that cases can be compared as whole values.
enum Verdict: Hashable, Sendable {
    case accepted
    case refused(Int, String)
    /// moto's own failure: a page of HTML.
    case crashed(Int)

    init(_ answer: WireAnswer) {
        if answer.status == 200 {
            self = .accepted
        } else if let code = answer.first("Code") {
            self = .refused(answer.status, code)
        } else {
            self = .crashed(answer.status)
        }
    }

    static let invalid = refused(400, "ValidationError")
    static let notFound = refused(400, "TargetGroupNotFound")
}

extension WireAnswer {
    /// The body with the request's id replaced, which must stand in a header too.
    var bodyWithoutID: String {
        guard let id = first("RequestId"), id == headers["x-amzn-requestid"] else {
            return "no request id: \(body)"
        }
        return body.replacing(id, with: "ID")
    }
}
