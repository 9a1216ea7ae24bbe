import SigV4

/// What came over the wire, before anybody has believed any of it.
struct ReceivedRequest: Hashable, Sendable {
    let method: String
    /// Path and query as sent.
    let target: String
    let headers: [NamedValue]
    let body: [UInt8]

    /// The value of a header, whose name is compared without regard to case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// Throws ``ServiceError`` unless this is a form, posted to `/`.
    ///
    /// AWS takes a GET with a query too. The client has no business sending one: its parameters would
    /// stand in the logs of every proxy.
    func checkForm() throws(ServiceError) {
        guard method == "POST", target == "/" else {
            throw ServiceError(
                status: 405,
                code: "MethodNotAllowed",
                message: "FakeAWS takes only POST /, not \(method) \(target)"
            )
        }
        let type = header("Content-Type") ?? "none"
        guard type.split(separator: ";").first == "application/x-www-form-urlencoded" else {
            throw ServiceError(
                status: 415,
                code: "UnsupportedMediaType",
                message: "FakeAWS takes only application/x-www-form-urlencoded, not \(type)"
            )
        }
    }
}
