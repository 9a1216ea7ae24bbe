import Secrets
import SigV4
import Testing

@Suite struct SecrecyTests {
    static let secrets = ["s3cr3t+key", "s3ss10n+token"]
    let credentials = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: Secret(secrets[0]),
        sessionToken: Secret(secrets[1])
    )

    @Test func `nothing that signing makes shows a secret when printed`() throws {
        let signer = Signer(credentials: credentials, scope: .example())
        let steps = try signer.headerSteps(for: .listUsers)
        let presigned = try signer.presignedSteps(for: .listUsers, expires: .seconds(1))
        let key = try SigningKey(credentials.secretAccessKey, scope: .example())
        let printed: [Any] = [
            credentials, signer, steps, presigned, key,
            try signer.headers(for: .listUsers),
            try signer.presigned(.listUsers, expires: .seconds(1)),
        ]
        let hidden =
            Self.secrets + ["s3ss10n%2Btoken", "\(key.bytes.reveal())"]
            + [steps.signature, presigned.signature].map { $0.hex.reveal() }
        for value in printed {
            #expect(renderings(value).filter { text in hidden.contains { text.contains($0) } } == [])
        }
    }

    @Test(arguments: SigningError.Part.all)
    func `no error shows what it is about`(_ part: SigningError.Part) {
        let broken = Signer(
            credentials: AWSCredentials(
                accessKeyID: "AKIDEXAMPLE",
                secretAccessKey: Secret(Self.secrets[0] + (part == .secretAccessKey ? "\n" : "")),
                sessionToken: Secret(Self.secrets[1] + (part == .sessionToken ? "\n" : ""))
            ),
            scope: .example(
                region: part == .region ? Self.secrets[0] + "\n" : "r",
                service: part == .service ? "" : "s"
            )
        )
        do {
            _ = try broken.headers(for: part == .accessKeyID ? .get(headers: []) : .listUsers)
            Issue.record("nothing was thrown")
        } catch {
            let shown = renderings(error).filter { text in Self.secrets.contains { text.contains($0) } }
            #expect(shown == [])
        }
    }

    @Test(
        arguments: [
            (
                .unusable(.secretAccessKey),
                "cannot sign the request: the secret access key is empty or holds a blank, a line break or "
                    + "another character that is not visible ASCII; look at where it is read from"
            ),
            (.noHost, "cannot sign the request: it has no host header; add it as it will be sent"),
            (
                .lifetime(.seconds(0)),
                "cannot sign the request: it would be good for 0.0 seconds; allowed are 1 s to 604800 s (7 days)"
            ),
            (
                .libcrypto(
                    operation: "SHA-256",
                    reason: "error:0308010C:digital envelope routines::unsupported"
                ),
                "cannot sign the request: libcrypto failed at SHA-256: error:0308010C:digital envelope "
                    + "routines::unsupported; does openssl.cnf switch off the default provider?"
            ),
        ] as [(SigningError, String)]
    )
    func `an error says what was wrong and where to look`(_ error: SigningError, _ text: String) {
        #expect("\(error)" == text)
    }

    private func renderings(_ value: Any) -> [String] {
        var dumped = ""
        dump(value, to: &dumped)
        return ["\(value)", String(describing: value), String(reflecting: value), dumped]
    }
}
