package import Secrets

/// Signs requests by AWS Signature Version 4, with one set of credentials in one scope.
///
/// Pure: the time is the scope's. Make a new one for every attempt at sending, with the time of that attempt.
/// All functions throw only a ``SigningError``, before anything is sent.
package struct Signer: Hashable, Sendable {
    let credentials: AWSCredentials
    let scope: SigningScope
    let options: SigningOptions

    /// Signs as `credentials` in `scope`.
    package init(credentials: AWSCredentials, scope: SigningScope, options: SigningOptions = .standard) {
        self.credentials = credentials
        self.scope = scope
        self.options = options
    }

    /// The headers to send along: `X-Amz-Date`, `X-Amz-Security-Token` if there is one, `Authorization`.
    ///
    /// They replace those of `request`, should it have any; all its other headers must be sent as they are.
    package func headers(
        for request: UnsignedRequest
    ) throws(SigningError) -> [(name: String, value: Secret<String>)] {
        let steps = try headerSteps(for: request)
        let authorization = [
            "\(StringToSign.algorithm) Credential=\(credentials.accessKeyID)/\(scope.text)",
            "SignedHeaders=\(steps.canonicalRequest.signedHeaders)",
            "Signature=\(steps.signature.hex.reveal())",
        ]
        var headers = [(name: FieldName.date, value: Secret(scope.amzDate))]
        if let token = credentials.sessionToken {
            headers.append((name: FieldName.sessionToken, value: token))
        }
        headers.append((name: FieldName.authorization, value: Secret(authorization.joined(separator: ", "))))
        return headers
    }

    /// What ``headers(for:)`` computes on its way.
    package func headerSteps(for request: UnsignedRequest) throws(SigningError) -> SigningSteps {
        var headers = stable(request.headers) + [NamedValue(FieldName.date, scope.amzDate)]
        if let token = signedToken {
            headers.append(NamedValue(FieldName.sessionToken, token.reveal()))
        }
        return try steps(of: request, query: request.query, headers: headers)
    }

    /// The token, if it is among what is signed.
    var signedToken: Secret<String>? {
        options.sessionToken == .signed ? credentials.sessionToken : nil
    }

    /// The headers without those that signing makes.
    func stable(_ headers: [NamedValue]) -> [NamedValue] {
        headers.filter { !FieldName.made.contains($0.name.lowercased()) }
    }

    func steps(
        of request: UnsignedRequest,
        query: [NamedValue],
        headers: [NamedValue]
    ) throws(SigningError) -> SigningSteps {
        try checkParts()
        let complete = UnsignedRequest(
            method: request.method,
            path: request.path,
            query: query,
            headers: headers,
            body: request.body
        )
        return try SigningSteps(complete, credentials: credentials, scope: scope, options: options)
    }

    private func checkParts() throws(SigningError) {
        let parts: [(part: SigningError.Part, text: String)] = [
            (.accessKeyID, credentials.accessKeyID),
            (.secretAccessKey, credentials.secretAccessKey.reveal()),
            (.region, scope.region),
            (.service, scope.service),
        ]
        for (part, text) in parts {
            try check(text, part)
        }
        if let token = credentials.sessionToken {
            try check(token.reveal(), .sessionToken)
        }
    }

    private func check(_ text: String, _ part: SigningError.Part) throws(SigningError) {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .unusable(part)
        }
    }
}

extension Signer {
    /// The headers that signing makes; the first two go by the same names in a query.
    enum FieldName {
        static let date = "X-Amz-Date"
        static let sessionToken = "X-Amz-Security-Token"
        static let authorization = "Authorization"
        static let made: Set<String> = ["x-amz-date", "x-amz-security-token", "authorization"]
    }
}
