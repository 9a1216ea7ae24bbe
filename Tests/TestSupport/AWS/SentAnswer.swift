import SigV4

/// An HTTP answer of ``FakeAWS``.
struct SentAnswer: Hashable, Sendable {
    let status: Int
    let headers: [NamedValue]
    let body: String

    /// A good answer of `action`, with `result` in it.
    init(_ result: [XMLElement], of action: String, requestID: String, time: Duration) {
        let content: [XMLElement] = [
            .branch("\(action)Result", result),
            .branch("ResponseMetadata", [.leaf("RequestId", requestID)]),
        ]
        self.init(status: 200, root: "\(action)Response", content, requestID: requestID, time: time)
    }

    /// An error answer.
    init(_ error: ServiceError, requestID: String, time: Duration) {
        let details: [XMLElement] = [
            .leaf("Type", "Sender"), .leaf("Code", error.code), .leaf("Message", error.message),
        ]
        let content: [XMLElement] = [.branch("Error", details), .leaf("RequestId", requestID)]
        self.init(status: error.status, root: "ErrorResponse", content, requestID: requestID, time: time)
    }

    /// Something else.
    init(_ rubbish: FakeAWS.Faults.Rubbish) {
        status = rubbish.status
        headers = [NamedValue("Content-Type", rubbish.contentType)]
        body = rubbish.body
    }

    private init(status: Int, root: String, _ content: [XMLElement], requestID: String, time: Duration) {
        self.status = status
        headers = [
            NamedValue("Content-Type", "text/xml"),
            NamedValue("Date", WallTime.httpDate(time)),
            NamedValue("x-amzn-RequestId", requestID),
        ]
        body = "<\(root) xmlns=\"\(FakeAWS.namespace)\">\(content.map(\.text).joined())</\(root)>"
    }
}
