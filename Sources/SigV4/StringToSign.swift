import Secrets

/// Step 2: what the signature covers: time, scope and the digest of the canonical request.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#create-string-to-sign
package struct StringToSign: Hashable, Sendable {
    /// The only algorithm there is here: HMAC over SHA-256.
    package static let algorithm = "AWS4-HMAC-SHA256"

    /// Four lines; no secret can be read out of it.
    package let text: String

    /// Binds `request` to `scope`.
    package init(_ request: CanonicalRequest, scope: SigningScope) throws(SigningError) {
        let digest = try SHA256.hex(Array(request.text.reveal().utf8))
        text = [Self.algorithm, scope.amzDate, scope.text, digest].joined(separator: "\n")
    }
}
