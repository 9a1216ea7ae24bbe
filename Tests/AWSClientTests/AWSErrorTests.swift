import AWSClient
import Testing

@Suite struct AWSErrorTests {
    typealias Question = @Sendable (AWSError) -> Bool

    /// By name, so that a test can compare all answers at once.
    static let questions: [(String, Question)] = [
        ("throttling", \.isThrottling), ("accessDenied", \.isAccessDenied), ("notFound", \.isNotFound),
        ("invalid", \.isInvalidRequest), ("credentials", \.isCredentialProblem), ("clock", \.isClockSkew),
        ("cancellation", \.isCancellation), ("retryable", \.isRetryable), ("unknown", \.outcomeIsUnknown),
    ]

    static func answers(_ error: AWSError) -> [String] {
        questions.filter { $0.1(error) }.map(\.0)
    }

    static func error(
        _ cause: AWSError.Cause,
        _ code: String? = nil,
        _ status: Int? = nil,
        skew: Duration? = nil
    ) -> AWSError {
        AWSError(
            action: "elasticloadbalancing:Try",
            endpoint: "https://elb.example.com",
            cause: cause,
            code: code,
            message: "some words",
            requestID: status.map { _ in "id" },
            httpStatus: status,
            clockSkew: skew,
            attempts: 1
        )
    }

    @Test(
        arguments: [
            (error(.answered, "Throttling", 400), ["throttling", "retryable"]),
            (error(.answered, "ThrottlingException", 400), ["throttling", "retryable"]),
            (error(.answered, "Odd", 429), ["throttling", "retryable"]),
            (error(.answered, "AccessDenied", 403), ["accessDenied"]),
            (error(.answered, "TargetGroupNotFound", 400), ["notFound"]),
            (error(.answered, "ValidationError", 400), ["invalid"]),
            (error(.answered, "InvalidConfigurationRequest", 400), ["invalid"]),
            (error(.answered, "ExpiredToken", 403), ["credentials"]),
            (error(.answered, "InvalidClientTokenId", 403), ["credentials"]),
            (error(.answered, "SignatureDoesNotMatch", 403), ["credentials"]),
            (error(.answered, "SignatureDoesNotMatch", 403, skew: .seconds(301)), ["clock"]),
            (error(.answered, "RequestExpired", 400), ["clock"]),
            (error(.answered, "AccessDenied", 403, skew: .seconds(301)), ["accessDenied"]),
            (error(.answered, "HealthUnavailable", 500), ["retryable", "unknown"]),
            (error(.answered, "ServiceUnavailable", 503), ["retryable", "unknown"]),
            (error(.answered, "RequestTimeout", 400), ["retryable"]),
            (error(.answered, "Odd", 501), ["unknown"]),
            (error(.unreadable, nil, 200), ["unknown"]),
            (error(.unreadable, nil, 502), ["retryable", "unknown"]),
            (error(.unreadable, nil, 302), ["unknown"]),
            (error(.transport(.timeout)), ["retryable", "unknown"]),
            (error(.transport(.cutOff)), ["retryable", "unknown"]),
            (error(.transport(.connect)), ["retryable"]),
            (error(.transport(.nameResolution)), ["retryable"]),
            (error(.transport(.tls)), []),
            (error(.transport(.tooLarge)), ["unknown"]),
            (error(.transport(.notHTTP)), ["unknown"]),
            (error(.transport(.cancelled)), ["cancellation", "unknown"]),
            (error(.cancelled), ["cancellation"]),
            (error(.credentials), ["credentials"]),
            (error(.refused), []),
            // A code that only looks like one, in an answer that no service gave.
            (error(.unreadable, "AccessDenied", 403), ["unknown"]),
        ] as [(AWSError, [String])]
    )
    func `each question has its failures`(_ error: AWSError, _ expected: [String]) {
        #expect(Self.answers(error) == expected)
    }

    @Test(
        arguments: [
            (
                error(.answered, "AccessDenied", 403),
                "AccessDenied: some words; allow elasticloadbalancing:Try to this identity "
                    + "(https://elb.example.com, HTTP 403, request id id)"
            ),
            (
                error(.answered, "SignatureDoesNotMatch", 403, skew: .seconds(600)),
                "SignatureDoesNotMatch: some words; this machine's clock is 600 s behind AWS's: enable NTP "
                    + "(https://elb.example.com, HTTP 403, request id id)"
            ),
            (
                error(.answered, "RequestExpired", 400, skew: .seconds(-301)),
                "RequestExpired: some words; this machine's clock is 301 s ahead of AWS's: enable NTP "
                    + "(https://elb.example.com, HTTP 400, request id id)"
            ),
            (
                error(.answered, "RequestExpired", 400),
                "RequestExpired: some words; this machine's clock is off: enable NTP "
                    + "(https://elb.example.com, HTTP 400, request id id)"
            ),
            (error(.transport(.connect)), "some words (https://elb.example.com)"),
        ]
    )
    func `an error says what, where, why and what to do`(_ error: AWSError, _ text: String) {
        #expect("\(error)" == "elasticloadbalancing:Try failed: \(text)")
    }
}
