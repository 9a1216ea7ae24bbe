import Configuration
import Daemon
import HostCacheCore
import Secrets
import SigV4
import TestSamples
import TestSupport
import Testing

/// The port of the daemon on the strict stand-in for AWS, over HTTP and with signatures.
@Suite(.timeLimit(.minutes(5))) struct TargetGroupPortTests {
    private static let arn = TargetGroupEvidence.sampleARN
    private static let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    private static let wrongSecret = "je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY"

    private func with(
        secret: String = Self.secret,
        _ body: (FakeAWS, TargetGroupPort) async throws -> Void
    ) async throws {
        let credentials = AWSCredentials(
            accessKeyID: "AKIDEXAMPLE",
            secretAccessKey: Secret(Self.secret),
            sessionToken: nil
        )
        try await FakeAWS.with(accepting: [credentials], now: WallTime.now) { fake in
            let configuration = try DaemonConfiguration.sample(
                "mode = \"enforce\"\n[aws]\nendpoint_url = \"\(fake.endpoint)\"\n[[server]]\nname = \"orders\"\n"
                    + "host = \"db.example.com\"\nuser = \"watch\""
            )
            let port = try TargetGroupPort.elbv2(
                configuration.aws,
                environment: ["AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": secret],
                timekeeper: .live()
            )
            await fake.put(TargetGroupState(arn: Self.arn, targets: [.init(id: "10.0.3.7")]))
            try await body(fake, port)
        }
    }

    /// Why a call fails; a success is an issue.
    private func failure(_ call: () async throws -> Void) async throws -> TargetGroupFailure {
        try await #require(throws: TargetGroupFailure.self) { try await call() }
    }

    @Test func `a group arrives whole`() async throws {
        try await with { fake, port async throws in
            #expect(try await port.describe(Self.arn) == .sample())
            await fake.put(
                TargetGroupState(
                    arn: Self.arn,
                    healthCheck: .init(protocol: "HTTP", port: "9200"),
                    targets: [.init(id: "10.0.3.7"), .init(id: "10.0.4.8", state: "draining")],
                    tags: [.init(key: "aws:cloudformation:stack-name", value: "db")]
                )
            )
            #expect(
                try await port.describe(Self.arn)
                    == .sample(
                        transport: "HTTP",
                        port: "9200",
                        targets: [.sample(), .sample("10.0.4.8", state: "draining")],
                        tags: [.init(key: "aws:cloudformation:stack-name", value: "db")]
                    )
            )
        }
    }

    @Test func `a change sends only what changes`() async throws {
        try await with { fake, port async throws in
            let change = IntervalChange(interval: .seconds(300), timeout: nil, healthyThreshold: nil)
            #expect(try await port.modify(Self.arn, change) == change.interval)
            #expect(
                await fake.requests.map(\.parameters) == [
                    ["TargetGroupArn": Self.arn, "HealthCheckIntervalSeconds": "300"]
                ]
            )
            #expect(try await port.describe(Self.arn) == .sample(interval: 300))
        }
    }

    @Test func `a change takes timeout and healthy threshold along`() async throws {
        try await with { fake, port async throws in
            let change = IntervalChange(interval: .seconds(60), timeout: .seconds(59), healthyThreshold: 2)
            #expect(try await port.modify(Self.arn, change) == change.interval)
            let check = try #require(await fake.group(Self.arn)).healthCheck
            #expect(check == .init(interval: .seconds(60), timeout: .seconds(59), healthyThreshold: 2))
        }
    }

    @Test(
        arguments: [
            ("HealthCheckIntervalSeconds", "the health-check interval"),
            ("HealthCheckTimeoutSeconds", "the health check"),
            ("HealthyThresholdCount", "the health check"),
            ("UnhealthyThresholdCount", "the health check"),
            ("HealthCheckProtocol", "the health check"),
            ("HealthCheckPort", "the health check"),
        ]
    )
    func `what AWS does not say is a failure, never a guess`(_ element: String, _ what: String) async throws {
        try await with { fake, port async throws in
            try await fake.set(FakeAWS.Faults(omittedElements: [element]))
            let failure = try await failure { _ = try await port.describe(Self.arn) }
            #expect(
                failure
                    == TargetGroupFailure(
                        "AWS does not say \(what) of \(Self.arn)",
                        outcomeIsUnknown: false,
                        needsPerson: false
                    )
            )
        }
    }

    @Test(arguments: ["TargetGroups", "TargetHealthDescriptions", "TagDescriptions", "Tags"])
    func `a list that AWS does not send is a failure, never an empty list`(_ list: String) async throws {
        try await with { fake, port async throws in
            try await fake.set(FakeAWS.Faults(omittedElements: [list]))
            let failure = try await failure { _ = try await port.describe(Self.arn) }
            #expect(failure.description.contains(" has no \(list) "))
            #expect(!failure.needsPerson)
        }
    }

    @Test(arguments: [(-1, false), (0, false), (1, true), (300, true), (301, true)] as [(Int64, Bool)])
    func `an interval that cannot be is not believed`(_ seconds: Int64, _ isBelieved: Bool) async throws {
        try await with { fake, port async throws in
            await fake.put(
                TargetGroupState(
                    arn: Self.arn,
                    healthCheck: .init(interval: .seconds(seconds)),
                    targets: [.init(id: "10.0.3.7")]
                )
            )
            if isBelieved {
                #expect(try await port.describe(Self.arn) == .sample(interval: seconds))
            } else {
                let failure = try await failure { _ = try await port.describe(Self.arn) }
                #expect(failure.description == "AWS does not say the health-check interval of \(Self.arn)")
            }
        }
    }

    @Test func `a wrong secret needs a person, and shows action and request id and nothing secret`()
        async throws
    {
        try await with(secret: Self.wrongSecret) { fake, port async throws in
            let failure = try await failure { _ = try await port.describe(Self.arn) }
            let request = try #require(await fake.requests.first)
            #expect(request.outcome == "SignatureDoesNotMatch")
            #expect(failure.needsPerson)
            #expect(!failure.outcomeIsUnknown)
            let words = [
                "elasticloadbalancing:DescribeTargetHealth failed", "SignatureDoesNotMatch",
                "request id \(request.requestID)",
            ]
            #expect(words.filter { !failure.description.contains($0) } == [])
            let secrets = [Self.secret, Self.wrongSecret, "Signature="]
            #expect(secrets.filter { failure.description.contains($0) } == [])
        }
    }

    @Test func `a missing permission needs a person, and the change has no effect`() async throws {
        try await with { fake, port async throws in
            try await fake.set(FakeAWS.Faults(deniedActions: ["ModifyTargetGroup"]))
            let change = IntervalChange(interval: .seconds(300), timeout: nil, healthyThreshold: nil)
            let failure = try await failure { _ = try await port.modify(Self.arn, change) }
            let request = try #require(await fake.requests.first)
            #expect(failure.needsPerson)
            #expect(!failure.outcomeIsUnknown)
            let words = [
                "elasticloadbalancing:ModifyTargetGroup failed: AccessDenied",
                "allow elasticloadbalancing:ModifyTargetGroup to this identity",
                "request id \(request.requestID)",
            ]
            #expect(words.filter { !failure.description.contains($0) } == [])
            #expect(await fake.interval(of: Self.arn) == .seconds(30))
        }
    }

    @Test func `a group that does not exist, or a name that is no ARN, needs a person`() async throws {
        try await with { _, port async throws in
            let missing = try await failure { _ = try await port.describe(Self.arn + "0") }
            #expect(missing.needsPerson)
            #expect(missing.description.contains("TargetGroupNotFound"))
            let nameless = try await failure { _ = try await port.describe("orders") }
            #expect(
                nameless
                    == TargetGroupFailure("orders is no ARN", outcomeIsUnknown: false, needsPerson: true)
            )
        }
    }

    @Test func `an endpoint that is no URL is refused before anything is sent`() throws {
        let aws = try DaemonConfiguration.sample(server: "").aws
        #expect(throws: (any Error).self) {
            try TargetGroupPort.elbv2(
                aws,
                environment: ["AWS_ENDPOINT_URL": "not a url"],
                timekeeper: .live()
            )
        }
    }
}
