/// One attempt at a call, before it is signed.
struct AWSAttempt: Sendable {
    let call: AWSCall
    let endpoint: EndpointURL
    let region: String
    /// From 1.
    var number: Int
}
