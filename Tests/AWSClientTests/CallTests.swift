import AWSClient
import Secrets
import SigV4
import Synchronization
import Testing

/// How a call is signed, tried again and given up.
@Suite(.timeLimit(.minutes(5))) struct CallTests {
    static let arn = ARN.targetGroup()
    static let health = ScriptedAWS.Answer.result("DescribeTargetHealth", "<TargetHealthDescriptions/>")
    static let unavailable = ScriptedAWS.Answer.error(503, "ServiceUnavailable")

    static func error(of aws: ScriptedAWS) async -> AWSError? {
        await failure { () async throws(AWSError) in try await aws.elbv2.targetHealth(of: arn) }
    }

    @Test func `each attempt is signed anew, with the date of its moment`() async throws {
        let aws = ScriptedAWS(
            [Self.unavailable, .fault(.cutOff), Self.health],
            step: .seconds(3),
            random: [0.5, 0.5]
        )
        #expect(try await aws.elbv2.targetHealth(of: Self.arn) == [])
        #expect(aws.sleeps == [.milliseconds(25), .milliseconds(50)])
        let dates = aws.requests.map { request in
            request.headers.first { $0.name == "X-Amz-Date" }?.value.reveal()
        }
        #expect(dates == ["20261122T185239Z", "20261122T185242Z", "20261122T185245Z"])
        let signatures = Set(aws.requests.map { $0.headers.first { $0.name == "Authorization" } })
        #expect(signatures.count == 3)
    }

    @Test func `each attempt is told, with whether it succeeded`() async throws {
        let aws = ScriptedAWS([Self.unavailable, .fault(.cutOff), Self.health], random: [0.5, 0.5])
        let told = Mutex<[String]>([])
        var surroundings = aws.surroundings
        surroundings.tried = { action, succeeded in told.withLock { $0.append("\(action) \(succeeded)") } }
        _ = try await ELBv2(surroundings, endpoint: nil).targetHealth(of: Self.arn)
        #expect(
            told.withLock { $0 } == [
                "DescribeTargetHealth false", "DescribeTargetHealth false", "DescribeTargetHealth true",
            ]
        )
    }

    @Test func `a request is signed for its region and carries what was signed`() async throws {
        let aws = ScriptedAWS([Self.health])
        _ = try await aws.elbv2.targetHealth(of: .targetGroup(region: "eu-west-3"))
        let request = try #require(aws.requests.first)
        #expect(
            request.headers.map(\.name) == [
                "Host", "Content-Type", "X-Amz-Date", "X-Amz-Security-Token", "Authorization",
            ]
        )
        let values = request.headers.map { $0.value.reveal() }
        #expect(values[0] == "elasticloadbalancing.eu-west-3.amazonaws.com")
        #expect(values[1] == "application/x-www-form-urlencoded; charset=utf-8")
        #expect(values[3] == ScriptedAWS.token)
        #expect(
            values[4].hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261122/eu-west-3/elasticloadbalancing/"
                    + "aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, Signature="
            )
        )
    }

    @Test func `a failure that lasts is reported after three attempts, with the last answer`() async {
        let aws = ScriptedAWS([Self.unavailable, .fault(.timeout), Self.unavailable, Self.health])
        let error = await Self.error(of: aws)
        #expect(
            error
                == AWSError(
                    action: "elasticloadbalancing:DescribeTargetHealth",
                    endpoint: "https://elasticloadbalancing.us-east-1.amazonaws.com",
                    cause: .answered,
                    code: "ServiceUnavailable",
                    message: "some words",
                    requestID: "id-of-error",
                    httpStatus: 503,
                    attempts: 3
                )
        )
        #expect(
            error.map { "\($0)" }
                == "elasticloadbalancing:DescribeTargetHealth failed: ServiceUnavailable: some words "
                + "(https://elasticloadbalancing.us-east-1.amazonaws.com, HTTP 503, 3 attempts, "
                + "request id id-of-error)"
        )
        #expect(aws.requests.count == 3)
    }

    @Test(arguments: [
        "AccessDenied", "ValidationError", "ExpiredToken", "RequestExpired", "TargetGroupNotFound",
    ])
    func `what would fail again is tried once`(_ code: String) async {
        let aws = ScriptedAWS([.error(403, code), Self.health])
        #expect(await Self.error(of: aws)?.code == code)
        #expect(aws.requests.count == 1)
    }

    @Test func `an unknown outcome stays unknown when a later attempt is refused`() async {
        let aws = ScriptedAWS([.fault(.timeout), .error(403, "AccessDenied")])
        let error = await Self.error(of: aws)
        #expect(error?.isAccessDenied == true)
        #expect(error?.outcomeIsUnknown == true)
        let known = await Self.error(of: ScriptedAWS([.fault(.connect), .error(403, "AccessDenied")]))
        #expect(known?.outcomeIsUnknown == false)
    }

    @Test func `the time of a call is one, whatever it is spent on`() async {
        let aws = ScriptedAWS(
            [.error(400, "Throttling"), .error(400, "Throttling"), .fault(.timeout)],
            step: .seconds(14),
            random: [0.5, 0.5]
        )
        #expect(await Self.error(of: aws)?.cause == .transport(.timeout))
        // 14 s + 0.5 s + 14 s; the next delay of 1 s still fits into 30 s, a third attempt of 0.5 s begins.
        #expect(aws.deadlines == [.seconds(30), .milliseconds(15_500), .milliseconds(500)])
    }

    @Test func `a wait past the end of the call is not begun`() async {
        let aws = ScriptedAWS(
            [.error(400, "Throttling", "some words", [.init("Retry-After", "20")]), Self.health],
            step: .seconds(10)
        )
        #expect(await Self.error(of: aws)?.retryAfter == .http(.seconds(20)))
        #expect(aws.sleeps == [])
        #expect(aws.requests.count == 1)
    }

    @Test(
        arguments: [
            ([.init("Retry-After", "7")], .http(.seconds(7))),
            ([.init("retry-after", "0")], .http(.zero)),
            ([.init("X-Amz-Retry-After", "1500"), .init("Retry-After", "7")], .amazon(.milliseconds(1_500))),
            (
                [
                    .init("Retry-After", "Sun, 22 Nov 2026 18:53:09 GMT"),
                    .init("Date", "Sun, 22 Nov 2026 18:53:00 GMT"),
                ], .http(.seconds(9))
            ),
            ([.init("Retry-After", "Sun, 22 Nov 2026 18:52:40 GMT")], .http(.seconds(1))),
            ([.init("Retry-After", "Sun, 22 Nov 2026 18:52:00 GMT")], .http(.zero)),
            ([.init("Retry-After", "Sunday, 22-Nov-26 18:53:09 GMT")], nil),
            ([.init("Retry-After", "-1")], nil), ([.init("Retry-After", "soon")], nil),
            ([.init("Retry-After", "99999999999999999999")], nil), ([], nil),
        ] as [([HTTPResponse.Header], RetryAfter?)]
    )
    func `the service's wish to be left alone is read from its headers`(
        _ headers: [HTTPResponse.Header],
        _ wish: RetryAfter?
    ) async {
        let aws = ScriptedAWS([.error(403, "AccessDenied", "some words", headers)])
        #expect(await Self.error(of: aws)?.retryAfter == wish)
    }

    @Test(
        arguments: [
            ("Sun, 22 Nov 2026 18:57:39 GMT", nil), ("Sun, 22 Nov 2026 18:57:40 GMT", .seconds(301)),
            ("Sun, 22 Nov 2026 18:47:39 GMT", nil), ("Sun, 22 Nov 2026 18:47:38 GMT", .seconds(-301)),
            ("Fri, 29 Feb 2036 23:59:60 GMT", .seconds(2_087_942_400 - 1_795_373_559)),
            ("Sat, 01 Mar 2036 00:00:00 GMT", .seconds(2_087_942_400 - 1_795_373_559)),
            ("Thu, 01 Jan 1970 00:00:00 GMT", .seconds(-1_795_373_559)),
            ("Sun, 22 Nov 2026 24:00:00 GMT", nil), ("Sun, 22 Foo 2020 18:00:00 GMT", nil),
            ("Sun, 22 Nov 2020 18:00:00 CET", nil), ("Sun, 22 Nov 2020 18:00 GMT", nil), ("", nil),
            ("Sun, 99 Nov 2020 18:00:00 GMT", nil), ("Sun, 22 Nov 99999999999999999999 18:00:00 GMT", nil),
        ] as [(String, Duration?)]
    )
    func `a clock that is off by more than five minutes is noticed`(_ date: String, _ skew: Duration?) async {
        let aws = ScriptedAWS([.error(403, "SignatureDoesNotMatch", "some words", [.init("Date", date)])])
        let error = await Self.error(of: aws)
        #expect(error?.clockSkew == skew)
        #expect(error?.isClockSkew == (skew != nil))
        #expect(aws.requests.count == 1)
    }

    @Test func `retries stop when nothing succeeds, and a success lets them begin again`() async throws {
        let failing = Array(repeating: ScriptedAWS.Answer.fault(.connect), count: 3 * 17)
        let aws = ScriptedAWS(
            failing + [
                .fault(.connect), .fault(.connect), .fault(.connect), Self.health, .fault(.connect),
                Self.health,
            ]
        )
        let elbv2 = aws.elbv2
        // 17 calls of three attempts take 34 times 14 of 500 tokens, and leave 24.
        for _ in 0..<17 {
            _ = await failure { () async throws(AWSError) in try await elbv2.targetHealth(of: Self.arn) }
        }
        #expect(aws.requests.count == 51)
        _ = await failure { () async throws(AWSError) in try await elbv2.targetHealth(of: Self.arn) }
        #expect(aws.requests.count == 53)
        _ = await failure { () async throws(AWSError) in try await elbv2.targetHealth(of: Self.arn) }
        #expect(aws.requests.count == 54)
        // A success at the first attempt gives one token: 11 are too few still.
        #expect(try await elbv2.targetHealth(of: Self.arn) == [])
        let error = await failure { () async throws(AWSError) in try await elbv2.targetHealth(of: Self.arn) }
        #expect(error?.attempts == 1)
    }

    @Test func `a task that is cancelled between attempts ends, and says how far it got`() async {
        let aws = ScriptedAWS([.fault(.timeout), Self.health])
        let error = await withTaskGroup(of: AWSError?.self) { group in
            group.cancelAll()
            group.addTask { await Self.error(of: aws) }
            return await group.next() ?? nil
        }
        #expect(error?.cause == .cancelled)
        #expect(error?.isCancellation == true)
        #expect(error?.attempts == 1)
        #expect(error?.outcomeIsUnknown == true)
        #expect(aws.requests.count == 1)
    }

    @Test func `without credentials nothing is sent`() async {
        let aws = ScriptedAWS([Self.health])
        var surroundings = aws.surroundings
        surroundings.credentials = .environment([:])
        let elbv2 = ELBv2(surroundings, endpoint: nil)
        let error = await failure { () async throws(AWSError) in try await elbv2.targetHealth(of: Self.arn) }
        #expect(
            error
                == AWSError(
                    action: "elasticloadbalancing:DescribeTargetHealth",
                    endpoint: "https://elasticloadbalancing.us-east-1.amazonaws.com",
                    cause: .credentials,
                    message: "no credentials from the environment: "
                        + "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
                    attempts: 0
                )
        )
        #expect(aws.requests == [])
    }

    @Test func `credentials that no header can carry are a problem of the credentials`() async {
        let aws = ScriptedAWS([Self.health])
        var surroundings = aws.surroundings
        surroundings.credentials = .environment([
            "AWS_ACCESS_KEY_ID": "AKIA\n", "AWS_SECRET_ACCESS_KEY": "TopSecretKey",
        ])
        let elbv2 = ELBv2(surroundings, endpoint: nil)
        let error = await failure { () async throws(AWSError) in try await elbv2.targetHealth(of: Self.arn) }
        #expect(error?.isCredentialProblem == true)
        #expect(error?.description.contains("TopSecretKey") == false)
        #expect(aws.requests == [])
    }
}
