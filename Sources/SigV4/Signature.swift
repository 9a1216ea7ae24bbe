package import Secrets

/// Step 4: the signature.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#calculate-signature
package struct Signature: Hashable, Sendable {
    /// 64 lower-case hexadecimal digits; whoever has them can send the request until it expires.
    package let hex: Secret<String>

    /// Signs `text` with `key`.
    package init(_ text: StringToSign, key: SigningKey) throws(SigningError) {
        hex = Secret(try Libcrypto.hmacSHA256(Array(text.text.utf8), key: key.bytes.reveal()).hex)
    }
}
