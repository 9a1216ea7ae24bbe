/// What each step made of one request.
///
/// For finding out why a signature does not match: AWS answers with its own values of the first two.
package struct SigningSteps: Hashable, Sendable {
    package let canonicalRequest: CanonicalRequest
    package let stringToSign: StringToSign
    package let signature: Signature

    init(
        _ request: UnsignedRequest,
        credentials: AWSCredentials,
        scope: SigningScope,
        options: SigningOptions
    ) throws(SigningError) {
        canonicalRequest = try CanonicalRequest(request, normalizesPath: options.normalizesPath)
        stringToSign = try StringToSign(canonicalRequest, scope: scope)
        let key = try SigningKey(credentials.secretAccessKey, scope: scope)
        signature = try Signature(stringToSign, key: key)
    }
}
