import AWSClient
import Testing

/// Errors in all the forms they come in, and answers that are none.
@Suite(.timeLimit(.minutes(5))) struct AnswerTests {
    static func error(_ answer: ScriptedAWS.Answer) async -> AWSError? {
        let aws = ScriptedAWS([answer])
        return await failure { () async throws(AWSError) in
            try await aws.elbv2.targetHealth(of: .targetGroup())
        }
    }

    static func expected(
        _ cause: AWSError.Cause,
        _ code: String?,
        _ message: String,
        id: String?,
        _ status: Int
    ) -> AWSError {
        AWSError(
            action: "elasticloadbalancing:DescribeTargetHealth",
            endpoint: "https://elasticloadbalancing.us-east-1.amazonaws.com",
            cause: cause,
            code: code,
            message: message,
            requestID: id,
            httpStatus: status,
            attempts: 1
        )
    }

    @Test(
        arguments: [
            (
                .error(403, "AccessDenied", "no &amp; never"),
                expected(.answered, "AccessDenied", "no & never", id: "id-of-error", 403)
            ),
            // moto, before it knows the service.
            (
                .xml(
                    403,
                    """
                    <?xml version="1.0" encoding="utf-8"?>
                    <ErrorResponse><Errors><Error><Code>InvalidClientTokenId</Code><Message>words</Message>\
                    <Type>Sender</Type></Error></Errors></ErrorResponse>
                    """,
                    [.init("x-amzn-requestid", "id-of-header")]
                ), expected(.answered, "InvalidClientTokenId", "words", id: "id-of-header", 403)
            ),
            // EC2's form.
            (
                .xml(
                    400,
                    """
                    <Response><Errors><Error><Code>Blocked</Code><Message>words</Message></Error></Errors>\
                    <RequestID>id-of-ec2</RequestID></Response>
                    """
                ), expected(.answered, "Blocked", "words", id: "id-of-ec2", 400)
            ),
            // An error under a status that says it is none.
            (
                .error(200, "AccessDenied", "words"),
                expected(.answered, "AccessDenied", "words", id: "id-of-error", 200)
            ),
            (
                .xml(400, "<ErrorResponse><Error><Code>Odd</Code></Error></ErrorResponse>"),
                expected(.answered, "Odd", "", id: nil, 400)
            ),
            (
                .xml(400, "<ErrorResponse><Error><Message>words</Message></Error></ErrorResponse>"),
                expected(.unreadable, nil, "words", id: nil, 400)
            ),
            (
                .xml(200, "<DescribeTagsResponse><DescribeTagsResult/></DescribeTagsResponse>"),
                expected(
                    .unreadable,
                    nil,
                    "the answer is neither the result nor an error of AWS's form: <DescribeTagsResponse>",
                    id: nil,
                    200
                )
            ),
            (
                .xml(403, "<html><body>blocked by\nproxy</body></html>", [.init("x-amzn-requestid", "id")]),
                expected(
                    .unreadable,
                    nil,
                    "the answer is neither the result nor an error of AWS's form: <html>",
                    id: "id",
                    403
                )
            ),
            (
                .xml(404, "nothing\u{7}\nhere"),
                expected(
                    .unreadable,
                    nil,
                    "the answer is not readable as XML: not well-formed (invalid token) (line 1): nothing",
                    id: nil,
                    404
                )
            ),
            (
                .xml(302, "", [.init("Location", "http://127.0.0.1:1/")]),
                expected(
                    .unreadable,
                    nil,
                    "the answer is not readable as XML: no element found (line 1)",
                    id: nil,
                    302
                )
            ),
            (
                .xml(200, "<DescribeTargetHealthResponse><DescribeTargetHealthRes"),
                expected(
                    .unreadable,
                    nil,
                    "the answer is not readable as XML: unclosed token (line 1): "
                        + "<DescribeTargetHealthResponse><DescribeTargetHealthRes",
                    id: nil,
                    200
                )
            ),
        ] as [(ScriptedAWS.Answer, AWSError)]
    )
    func `whatever comes back becomes one error with all it says`(
        _ answer: ScriptedAWS.Answer,
        _ expected: AWSError
    ) async {
        #expect(await Self.error(answer) == expected)
    }

    @Test func `words of AWS that repeat a secret are cut and redacted`() async throws {
        let message = """
            The request signature we calculated does not match (\(ScriptedAWS.secret)). Consult the documentation.

            The Canonical String for this request should have been
            'POST
            x-amz-security-token:\(ScriptedAWS.token)'
            """
        let error = try #require(await Self.error(.error(403, "SignatureDoesNotMatch", message)))
        #expect(
            error.message
                == "The request signature we calculated does not match (<redacted>). Consult the documentation."
        )
        let unreadable = try #require(await Self.error(.xml(400, "you sent \(ScriptedAWS.token)")))
        #expect(
            unreadable.message
                == "the answer is not readable as XML: syntax error (line 1): you sent <redacted>"
        )
    }

    @Test func `no way of printing an error shows a secret`() async throws {
        let words = "secret \(ScriptedAWS.secret) token \(ScriptedAWS.token)"
        for answer in [
            .error(400, words, words), .xml(500, words), .xml(400, "<a>", [.init("x-amzn-requestid", words)]),
            .result(
                "DescribeTargetHealth",
                "<TargetHealthDescriptions><member>x</member></TargetHealthDescriptions>"
            ),
        ] as [ScriptedAWS.Answer] {
            let error = try #require(await Self.error(answer))
            var text = "\(error) \(String(reflecting: error))"
            dump(error, to: &text)
            #expect(!text.contains(ScriptedAWS.secret) && !text.contains(ScriptedAWS.token))
        }
    }

    @Test(arguments: [(500, 500), (501, 500)])
    func `words are at most five hundred characters long`(_ length: Int, _ kept: Int) async {
        let error = await Self.error(.error(400, "Odd", String(repeating: "x", count: length)))
        #expect(error?.message.count == kept)
    }
}
