import AWSClient
import Secrets

extension HTTPRequest {
    /// A host without an address: the resolver refuses its first label (64 characters, RFC 1035 allows 63)
    /// without asking anybody.
    static let nowhere = "\(String(repeating: "x", count: 64)).aws.invalid"

    /// A POST with a header of each kind, to 127.0.0.1 unless another host is named.
    static func post(
        to port: UInt16,
        host: String = "127.0.0.1",
        scheme: String = "http",
        headers: [Header] = [Header("Authorization", Secret("TopSecretSignature"))],
        body: String = "Action=Try"
    ) throws -> HTTPRequest {
        HTTPRequest(
            method: "POST",
            endpoint: try EndpointURL("\(scheme)://\(host):\(port)"),
            path: "/",
            headers: headers,
            body: Array(body.utf8)
        )
    }
}
