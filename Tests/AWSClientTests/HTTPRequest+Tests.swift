import AWSClient
import Secrets

extension HTTPRequest {
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
