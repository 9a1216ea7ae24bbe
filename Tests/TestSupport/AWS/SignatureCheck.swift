import Secrets
import SigV4

/// Decides whether a request was signed by somebody known, now, and for this service.
///
/// The signature is computed again from what was received. Codes and texts are AWS's, as seen in public
/// issues: `Signature expired` in aws/aws-cli #6676, `not yet current` in aws/aws-sdk-js #142.
struct SignatureCheck: Sendable {
    /// How far the client's clock may be off.
    static let tolerance = Duration.seconds(300)

    let credentials: [AWSCredentials]
    let region: String
    let service = "elasticloadbalancing"
    /// Wall time.
    let now: Duration

    /// The access key id of who signed `request`.
    ///
    /// Throws ``ServiceError`` with status 403 when nobody good did.
    func signer(of request: ReceivedRequest) throws(ServiceError) -> String {
        guard let header = request.header("Authorization") else {
            throw ServiceError(
                status: 403,
                code: "MissingAuthenticationToken",
                message: "Request is missing Authentication Token"
            )
        }
        guard let claim = SignatureClaim(authorization: header) else {
            throw .incompleteSignature(
                "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' parameters."
            )
        }
        guard let date = request.header("X-Amz-Date"), let time = WallTime.parse(amzDate: date) else {
            throw .incompleteSignature(
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."
            )
        }
        let credentials = try known(claim, token: request.header("X-Amz-Security-Token"))
        try check(claim, date: date)
        try check(time, date: date)
        let scope = SigningScope(sinceEpoch: time, region: region, service: service)
        guard
            try claim.signature
                == signature(of: request, claim, Signer(credentials: credentials, scope: scope))
        else {
            throw .signature(
                "The request signature we calculated does not match the signature you provided. Check your AWS "
                    + "Secret Access Key and signing method. Consult the service documentation for details."
            )
        }
        return credentials.accessKeyID
    }

    private func known(_ claim: SignatureClaim, token: String?) throws(ServiceError) -> AWSCredentials {
        let match = credentials.first {
            $0.accessKeyID == claim.accessKeyID && $0.sessionToken?.reveal() == token
        }
        guard let match else { throw .invalidClientToken }
        return match
    }

    private func check(_ claim: SignatureClaim, date: String) throws(ServiceError) {
        guard claim.scope.count == 4, claim.scope[3] == "aws4_request" else {
            throw .signature("Credential should be scoped with a valid terminator: 'aws4_request'.")
        }
        guard claim.scope[2] == service else {
            throw .signature("Credential should be scoped to correct service: '\(service)'.")
        }
        guard claim.scope[1] == region else {
            throw .signature("Credential should be scoped to a valid region.")
        }
        let day = String(date.prefix(8))
        guard claim.scope[0] == day else {
            throw .signature(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'\(claim.scope[0])' != '\(day)', from '\(date)'."
            )
        }
        for name in ["host", "x-amz-date"] where !claim.signedHeaders.contains(name) {
            throw .signature("'\(name)' must be a 'SignedHeader' in the AWS Authorization.")
        }
    }

    private func check(_ time: Duration, date: String) throws(ServiceError) {
        let (mine, earliest, latest) = (text(now), text(now - Self.tolerance), text(now + Self.tolerance))
        guard time >= now - Self.tolerance else {
            throw .signature("Signature expired: \(date) is now earlier than \(earliest) (\(mine) - 5 min.)")
        }
        guard time <= now + Self.tolerance else {
            throw .signature(
                "Signature not yet current: \(date) is still later than \(latest) (\(mine) + 5 min.)"
            )
        }
    }

    private func text(_ time: Duration) -> String {
        SigningScope(sinceEpoch: time, region: region, service: service).amzDate
    }

    /// The signature that `signer` would have made, over the headers that the claim names.
    private func signature(
        of request: ReceivedRequest,
        _ claim: SignatureClaim,
        _ signer: Signer
    ) throws(ServiceError) -> String {
        let unsigned = UnsignedRequest(
            method: request.method,
            path: request.target,
            query: [],
            headers: request.headers.filter { claim.signedHeaders.contains($0.name.lowercased()) },
            body: request.body
        )
        do {
            return try signer.headerSteps(for: unsigned).signature.hex.reveal()
        } catch {
            throw .signature("FakeAWS could not sign what it received: \(error)")
        }
    }
}
