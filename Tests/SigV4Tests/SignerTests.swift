import Secrets
import SigV4
import Testing

@Suite struct SignerTests {
    static let authorization =
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
        + "SignedHeaders=content-type;host;x-amz-date, "
        + "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"

    @Test func `a signed request gets a date and an authorization`() throws {
        let headers = try Signer(credentials: .example, scope: .example()).headers(for: .listUsers)
        #expect(headers.map(\.name) == ["X-Amz-Date", "Authorization"])
        #expect(headers.map { $0.value.reveal() } == ["20150830T123600Z", Self.authorization])
    }

    @Test(arguments: [SigningOptions.SessionToken.signed, .addedUnsigned])
    func `a session token is sent, signed or not`(_ placement: SigningOptions.SessionToken) throws {
        let signer = Signer(
            credentials: .example(sessionToken: "token"),
            scope: .example(),
            options: SigningOptions(normalizesPath: true, sessionToken: placement)
        )
        let headers = try signer.headers(for: .listUsers)
        #expect(headers.map(\.name) == ["X-Amz-Date", "X-Amz-Security-Token", "Authorization"])
        #expect(headers.dropFirst().first?.value == Secret("token"))
        let signed = try signer.headerSteps(for: .listUsers).canonicalRequest.signedHeaders
        let date = "content-type;host;x-amz-date"
        #expect(signed == (placement == .signed ? date + ";x-amz-security-token" : date))
    }

    @Test func `what an earlier attempt added is not signed again`() throws {
        let signer = Signer(credentials: .example, scope: .example())
        let again = UnsignedRequest(
            method: UnsignedRequest.listUsers.method,
            path: UnsignedRequest.listUsers.path,
            query: UnsignedRequest.listUsers.query,
            headers: UnsignedRequest.listUsers.headers + [
                NamedValue("x-amz-date", "20150830T123500Z"), NamedValue("AUTHORIZATION", "AWS4"),
                NamedValue("X-Amz-Security-Token", "old"),
            ],
            body: []
        )
        #expect(try signer.headerSteps(for: again) == signer.headerSteps(for: .listUsers))
        #expect(
            try signer.presigned(again, expires: .seconds(60))
                == signer.presigned(.listUsers, expires: .seconds(60))
        )
    }

    @Test(
        arguments: [
            (.milliseconds(999), nil),
            (.seconds(1), "1"),
            (.milliseconds(1999), "1"),
            (.seconds(604_800), "604800"),
            (.seconds(604_800) + .nanoseconds(1), nil),
            (.seconds(-1), nil),
            (.seconds(Int64.max), nil),
        ] as [(Duration, String?)]
    )
    func `a presigned request is good for 1 s to 7 days`(_ expires: Duration, _ written: String?) throws {
        let signer = Signer(credentials: .example, scope: .example())
        if let written {
            let query = try signer.presigned(.get(), expires: expires).reveal().split(separator: "&")
            #expect(query.filter { $0.hasPrefix("X-Amz-Expires") } == ["X-Amz-Expires=\(written)"])
        } else {
            #expect(throws: SigningError.lifetime(expires)) {
                try signer.presigned(.get(), expires: expires)
            }
        }
    }

    @Test(arguments: SigningError.Part.all, ["", "a b", "value\n", "\u{7F}", "\u{e9}", "!", "~"])
    func `every part must be visible ASCII, in both forms`(_ part: SigningError.Part, _ text: String) {
        let credentials = AWSCredentials(
            accessKeyID: part == .accessKeyID ? text : "id",
            secretAccessKey: Secret(part == .secretAccessKey ? text : "secret"),
            sessionToken: Secret(part == .sessionToken ? text : "token")
        )
        let scope = SigningScope.example(
            region: part == .region ? text : "us-east-1",
            service: part == .service ? text : "iam"
        )
        let signer = Signer(credentials: credentials, scope: scope)
        let expected = ["!", "~"].contains(text) ? nil : SigningError.unusable(part)
        #expect(error { () throws(SigningError) in try signer.headerSteps(for: .get()) } == expected)
        let presigned = error { () throws(SigningError) in
            try signer.presignedSteps(for: .get(), expires: .seconds(1))
        }
        #expect(presigned == expected)
    }

    private func error(_ body: () throws(SigningError) -> SigningSteps) -> SigningError? {
        do throws(SigningError) {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }
}

extension SigningError.Part {
    static let all: [Self] = [.accessKeyID, .secretAccessKey, .sessionToken, .region, .service]
}
