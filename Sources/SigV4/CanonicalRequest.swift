package import Secrets

/// Step 1: the request in the one form that both sides can compute.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-canonical-request
package struct CanonicalRequest: Hashable, Sendable {
    /// Secret, because a session token stands in it.
    package let text: Secret<String>

    /// The names of the headers in it: `content-type;host;x-amz-date`.
    package let signedHeaders: String

    /// Brings `request` into that form; everything that is to be signed is already in it.
    package init(_ request: UnsignedRequest, normalizesPath: Bool) throws(SigningError) {
        let headers = CanonicalHeaders(request.headers)
        guard headers.contain("host") else { throw .noHost }
        signedHeaders = headers.names
        text = Secret(
            """
            \(request.method)
            \(CanonicalPath(request.path, normalized: normalizesPath).text)
            \(Self.query(request.query))
            \(headers.text)
            \(headers.names)
            \(try SHA256.hex(request.body))
            """
        )
    }

    /// Encoded first, then sorted by name, then by value, as bytes.
    private static func query(_ parameters: [NamedValue]) -> String {
        parameters.map { (name: URIEncoding.encode($0.name), value: URIEncoding.encode($0.value)) }
            // ASCII by now, so this is the order of the bytes.
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            .map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }
}
