import AWSClient
import TestSupport
import Testing

@Suite struct RetryPolicyTests {
    static func error(
        _ cause: AWSError.Cause = .answered,
        _ code: String? = nil,
        _ status: Int? = nil,
        retryAfter: RetryAfter? = nil
    ) -> AWSError {
        AWSError(
            action: "elasticloadbalancing:Try",
            endpoint: nil,
            cause: cause,
            code: code,
            message: "",
            httpStatus: status,
            retryAfter: retryAfter,
            attempts: 1
        )
    }

    static let transient = error(.answered, "InternalFailure", 500)
    static let throttled = error(.answered, "Throttling", 400)
    let policy = RetryPolicy.standard

    @Test(
        arguments: [
            (transient, 1, 0, .retry(after: .zero, cost: 14)),
            (transient, 1, 0.5, .retry(after: .milliseconds(25), cost: 14)),
            (transient, 2, 0.5, .retry(after: .milliseconds(50), cost: 14)),
            (transient, 3, 0.5, .giveUp(.attemptsSpent)),
            (throttled, 1, 0.5, .retry(after: .milliseconds(500), cost: 5)),
            (throttled, 2, 0.5, .retry(after: .seconds(1), cost: 5)),
            (throttled, 3, 0, .giveUp(.attemptsSpent)),
            (error(.transport(.timeout)), 1, 0.5, .retry(after: .milliseconds(25), cost: 14)),
            (error(.answered, "AccessDenied", 403), 1, 0.5, .giveUp(.notRetryable)),
            (error(.answered, "RequestExpired", 400), 1, 0.5, .giveUp(.notRetryable)),
            (error(.credentials), 1, 0.5, .giveUp(.notRetryable)),
        ] as [(AWSError, Int, Double, RetryDecision)]
    )
    func `delays grow by twos, less the luck, until the attempts are spent`(
        _ error: AWSError,
        _ attempt: Int,
        _ random: Double,
        _ decision: RetryDecision
    ) {
        #expect(policy.decide(after: attempt, error, isRepeatable: true, random: random) == decision)
    }

    @Test(
        arguments: [
            (.amazon(.zero), .milliseconds(25)), (.amazon(.milliseconds(24)), .milliseconds(25)),
            (.amazon(.milliseconds(26)), .milliseconds(26)),
            (.amazon(.milliseconds(5_025)), .milliseconds(5_025)),
            (.amazon(.milliseconds(5_026)), .milliseconds(5_025)),
            (.amazon(.seconds(900)), .milliseconds(5_025)),
            (.http(.zero), .milliseconds(25)), (.http(.seconds(7)), .seconds(7)),
            (.http(.seconds(20)), .seconds(20)), (.http(.seconds(21)), .seconds(20)),
        ] as [(RetryAfter, Duration)]
    )
    func `the service's own wish is granted, within reason`(_ wish: RetryAfter, _ delay: Duration) {
        let error = Self.error(.answered, "InternalFailure", 500, retryAfter: wish)
        let decision = policy.decide(after: 1, error, isRepeatable: true, random: 0.5)
        #expect(decision == .retry(after: delay, cost: 14))
    }

    @Test(
        arguments: [
            (error(.transport(.timeout)), .giveUp(.notRepeatable)),
            (error(.transport(.cutOff)), .giveUp(.notRepeatable)),
            (transient, .giveUp(.notRepeatable)),
            (throttled, .retry(after: .zero, cost: 5)),
            (error(.transport(.connect)), .retry(after: .zero, cost: 14)),
            (error(.transport(.nameResolution)), .retry(after: .zero, cost: 14)),
            (error(.answered, "AccessDenied", 403), .giveUp(.notRetryable)),
        ] as [(AWSError, RetryDecision)]
    )
    func `what must not be done twice is tried again only when it was not done`(
        _ error: AWSError,
        _ decision: RetryDecision
    ) {
        #expect(policy.decide(after: 1, error, isRepeatable: false, random: 0) == decision)
    }

    @Test(arguments: 0..<32 as Range<UInt64>)
    func `no delay is negative or longer than the longest, whatever the attempt`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let policy = RetryPolicy(maxAttempts: .max, longestDelay: .seconds(20))
        for _ in 0..<200 {
            let attempt = Int.random(in: 1..<1_000, using: &random)
            let milliseconds = Int.random(in: 0..<100_000, using: &random)
            let wish =
                [nil, RetryAfter.http(.milliseconds(milliseconds)), .amazon(.milliseconds(milliseconds))]
                .randomElement(using: &random) ?? nil
            let luck = Double.random(in: 0..<1, using: &random)
            let error = Self.error(.answered, "Throttling", 400, retryAfter: wish)
            let decision = policy.decide(after: attempt, error, isRepeatable: true, random: luck)
            guard case .retry(let delay, 5) = decision else {
                Issue.record("gave up: \(decision)")
                continue
            }
            let longest: Duration = if case .amazon = wish { .seconds(25) } else { .seconds(20) }
            #expect(delay >= .zero && delay <= longest)
        }
    }

    @Test func `the quota ends retries in an outage and comes back with success`() {
        var quota = RetryQuota()
        var retries = 0
        while quota.take(14) { retries += 1 }
        #expect(retries == 35)
        #expect(quota.tokens == 10)
        let isEnough = quota.take(11)
        #expect(!isEnough && quota.tokens == 10)
        quota.giveBack(0)
        #expect(quota.tokens == 11)
        quota.giveBack(14)
        #expect(quota.tokens == 25)
        for _ in 0..<475 { quota.giveBack(0) }
        #expect(quota.tokens == 500)
        quota.giveBack(14)
        #expect(quota.tokens == 500)
    }
}
