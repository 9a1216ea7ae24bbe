import Secrets
import SigV4
import Testing

/// A request, and what botocore makes of it.
struct KnownAnswer: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let scope: SigningScope
    let sessionToken: String?
    let request: UnsignedRequest
    let canonicalRequest: String
    let signature: String

    init(
        _ name: String,
        _ scope: SigningScope,
        sessionToken: String? = nil,
        _ request: UnsignedRequest,
        canonicalRequest: String,
        signature: String
    ) {
        testDescription = name
        self.scope = scope
        self.sessionToken = sessionToken
        self.request = request
        self.canonicalRequest = canonicalRequest
        self.signature = signature
    }

    var signer: Signer {
        Signer(credentials: .example(sessionToken: sessionToken), scope: scope)
    }
}

extension UnsignedRequest {
    /// A POST to `/`, as the services' query and JSON protocols send them.
    static func post(
        _ host: String,
        contentType: String? = nil,
        target: String? = nil,
        _ body: String
    ) -> Self {
        var headers = [NamedValue("Host", host)]
        if let contentType {
            headers.append(NamedValue("Content-Type", contentType))
        }
        if let target {
            headers.append(NamedValue("X-Amz-Target", target))
        }
        return Self(method: "POST", path: "/", query: [], headers: headers, body: Array(body.utf8))
    }
}
