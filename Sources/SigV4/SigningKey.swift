package import Secrets

/// Step 3: the key for one day, region and service, derived from the secret access key.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html#derive-signing-key
package struct SigningKey: Hashable, Sendable {
    /// 32 bytes, as good as the secret access key until the day and the scope end.
    package let bytes: Secret<[UInt8]>

    /// Derives the key, in four rounds.
    package init(_ secretAccessKey: Secret<String>, scope: SigningScope) throws(SigningError) {
        var key = Array("AWS4\(secretAccessKey.reveal())".utf8)
        for part in [scope.date, scope.region, scope.service, "aws4_request"] {
            key = try Libcrypto.hmacSHA256(Array(part.utf8), key: key)
        }
        bytes = Secret(key)
    }
}
