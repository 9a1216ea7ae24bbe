package import Secrets

extension Signer {
    /// The whole query of `request` with the signature in it, encoded, to send behind the `?`.
    ///
    /// Good for `expires`, which is 1 s to 7 days, in whole seconds, rounded down. `request` must be sent
    /// with its headers and body as they are.
    package func presigned(
        _ request: UnsignedRequest,
        expires: Duration
    ) throws(SigningError) -> Secret<String> {
        let steps = try presignedSteps(for: request, expires: expires)
        var query = try presignedQuery(of: request, expires: expires)
        if signedToken == nil, let token = credentials.sessionToken {
            query.append(NamedValue(FieldName.sessionToken, token.reveal()))
        }
        query.append(NamedValue("X-Amz-Signature", steps.signature.hex.reveal()))
        return Secret(URIEncoding.query(query))
    }

    /// What ``presigned(_:expires:)`` computes on its way.
    package func presignedSteps(
        for request: UnsignedRequest,
        expires: Duration
    ) throws(SigningError) -> SigningSteps {
        let query = try presignedQuery(of: request, expires: expires)
        return try steps(of: request, query: query, headers: stable(request.headers))
    }

    /// Everything but the signature: in this form what says how it was signed is signed too.
    ///
    /// Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-signing-elements.html.
    private func presignedQuery(
        of request: UnsignedRequest,
        expires: Duration
    ) throws(SigningError) -> [NamedValue] {
        let seconds = expires.components.seconds
        guard (1...604_800).contains(seconds), expires <= .seconds(604_800) else { throw .lifetime(expires) }
        var query =
            request.query + [
                NamedValue("X-Amz-Algorithm", StringToSign.algorithm),
                NamedValue("X-Amz-Credential", "\(credentials.accessKeyID)/\(scope.text)"),
                NamedValue(FieldName.date, scope.amzDate),
                NamedValue("X-Amz-Expires", String(seconds)),
                NamedValue("X-Amz-SignedHeaders", CanonicalHeaders(stable(request.headers)).names),
            ]
        if let token = signedToken {
            query.append(NamedValue(FieldName.sessionToken, token.reveal()))
        }
        return query
    }
}
