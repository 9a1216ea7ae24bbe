import Secrets
import SigV4
import TestSupport
import TestTraits
import Testing

@Suite(.timeLimit(.minutes(5))) struct FakeAWSTests {
    static let arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/d4161e370077b179"
    /// 2026-01-02 03:04:05 UTC.
    static let time = Duration.seconds(1_767_323_045)
    static let now: @Sendable () -> Duration = { time }
    static let credentials = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        sessionToken: nil
    )
    static let elsewhere = arn.replacing("us-east-1", with: "eu-central-1")
    static let to300 = ["TargetGroupArn": arn, "HealthCheckIntervalSeconds": "300"]

    @Test(
        arguments: [
            (
                ["HealthCheckIntervalSeconds": "600"],
                "1 validation error detected: Value '600' at 'healthCheckIntervalSeconds' failed to satisfy "
                    + "constraint: Member must have value less than or equal to 300"
            ),
            (
                ["HealthCheckIntervalSeconds": "4", "UnhealthyThresholdCount": "11"],
                "2 validation errors detected: Value '4' at 'healthCheckIntervalSeconds' failed to satisfy "
                    + "constraint: Member must have value greater than or equal to 5; Value '11' at "
                    + "'unhealthyThresholdCount' failed to satisfy constraint: Member must have value less than "
                    + "or equal to 10"
            ),
            (
                ["HealthCheckIntervalSeconds": "10"],
                "Health check interval must be greater than the timeout."
            ),
            (["TargetGroupArn": arn + "0"], "Target groups '\(arn)0' not found"),
            (["TargetGroupArn": elsewhere], "'\(elsewhere)' is not a valid target group ARN"),
            (
                ["HealthCheckInterval": "300"],
                "FakeAWS knows no parameter 'HealthCheckInterval' of this action"
            ),
        ] as [([String: String], String)]
    )
    func `says what is wrong, in AWS's words where they are known`(
        _ row: (parameters: [String: String], message: String)
    ) async throws {
        try await with { _, client async throws in
            let parameters = row.parameters.merging(["TargetGroupArn": Self.arn]) { own, _ in own }
            let answer = try await client.call("ModifyTargetGroup", parameters)
            #expect(answer.status == 400)
            #expect(answer.first("Message") == row.message)
        }
    }

    @Test func `shows what a group really has`() async throws {
        try await with { fake, client async throws in
            var group = TargetGroupState(
                arn: Self.arn,
                healthCheck: .init(
                    protocol: "HTTP",
                    port: "9200",
                    interval: .seconds(10),
                    timeout: .seconds(6)
                ),
                loadBalancers: ["arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/db/67"],
                targets: [
                    .init(id: "10.0.1.10"),
                    .init(id: "10.0.2.10", state: "draining", reason: "Target.DeregistrationInProgress"),
                ],
                tags: [.init(key: "aws:cloudformation:stack-name", value: "a<b & c>d")]
            )
            await fake.put(group)
            let described = try await client.call("DescribeTargetGroups")
            #expect(described.first("HealthCheckProtocol") == "HTTP")
            #expect(described.first("HealthCheckPort") == "9200")
            #expect(described.first("HealthCheckIntervalSeconds") == "10")
            #expect(described.first("LoadBalancerArns") == "<member>\(group.loadBalancers[0])</member>")
            let health = try await client.call("DescribeTargetHealth", ["TargetGroupArn": Self.arn])
            #expect(
                health.first("TargetHealthDescriptions")
                    == "<member><Target><Id>10.0.1.10</Id><Port>3306</Port></Target>"
                    + "<HealthCheckPort>9200</HealthCheckPort><TargetHealth><State>healthy</State></TargetHealth>"
                    + "</member><member><Target><Id>10.0.2.10</Id><Port>3306</Port></Target>"
                    + "<HealthCheckPort>9200</HealthCheckPort><TargetHealth><State>draining</State>"
                    + "<Reason>Target.DeregistrationInProgress</Reason></TargetHealth></member>"
            )
            let tags = try await client.call("DescribeTags", ["ResourceArns.member.1": Self.arn])
            #expect(tags.first("Value") == "a&lt;b &amp; c&gt;d")

            _ = try await client.call("ModifyTargetGroup", Self.to300)
            group.healthCheck.interval = .seconds(300)
            #expect(await fake.group(Self.arn) == group)
            #expect(await fake.interval(of: Self.arn) == .seconds(300))
        }
    }

    @Test(arguments: [(pageSize: 1, pages: [1, 1, 1]), (2, [2, 1]), (3, [3]), (400, [3])])
    func `answers in pages`(_ row: (pageSize: Int, pages: [Int])) async throws {
        try await with(pageSize: row.pageSize) { fake, client async throws in
            let arns = [Self.arn, Self.arn + "1", Self.arn + "2"]
            for arn in arns {
                await fake.put(TargetGroupState(arn: arn))
            }
            var pages: [Int] = []
            var seen: [String] = []
            var parameters: [String: String] = [:]
            repeat {
                let answer = try await client.call("DescribeTargetGroups", parameters)
                let page = arns.filter { answer.body.contains("<TargetGroupArn>\($0)</TargetGroupArn>") }
                pages.append(page.count)
                seen += page
                parameters = ["Marker": answer.first("NextMarker")].compactMapValues(\.self)
            } while !parameters.isEmpty && pages.count < 10
            #expect(pages == row.pages)
            #expect(seen == arns)
            let smaller = try await client.call("DescribeTargetGroups", ["PageSize": "1"])
            #expect(smaller.first("NextMarker") != nil)
            #expect(try await Verdict(client.call("DescribeTargetGroups", ["PageSize": "0"])) == .invalid)
            #expect(try await Verdict(client.call("DescribeTargetGroups", ["PageSize": "401"])) == .invalid)
            #expect(try await Verdict(client.call("DescribeTargetGroups", ["Marker": "7"])) == .invalid)
        }
    }

    @Test func `remembers who asked for what`() async throws {
        try await with { fake, client async throws in
            _ = try await client.call("ModifyTargetGroup", Self.to300)
            var wrong = client
            wrong.credentials = AWSCredentials(
                accessKeyID: "AKIDEXAMPLE",
                secretAccessKey: Secret("wrong"),
                sessionToken: nil
            )
            let refused = try await wrong.call("DescribeTargetGroups")
            #expect(
                await fake.requests == [
                    .init(
                        accessKeyID: "AKIDEXAMPLE",
                        action: "ModifyTargetGroup",
                        parameters: Self.to300,
                        outcome: "ok",
                        requestID: "00000000-0000-4000-8000-000000000001"
                    ),
                    .init(
                        accessKeyID: nil,
                        action: "",
                        parameters: [:],
                        outcome: "SignatureDoesNotMatch",
                        requestID: "00000000-0000-4000-8000-000000000002"
                    ),
                ]
            )
            #expect(refused.first("RequestId") == "00000000-0000-4000-8000-000000000002")
            #expect(refused.headers["date"] == "Fri, 02 Jan 2026 03:04:05 GMT")
        }
    }

    @Test func `takes nothing but a form, posted`() async throws {
        try await with { _, client async throws in
            let form = "Action=DescribeTargetGroups&Version=2015-12-01"
            #expect(try await Verdict(client.send(form: form)) == .accepted)
            #expect(
                try await Verdict(client.send(form: form, method: "PUT")) == .refused(405, "MethodNotAllowed")
            )
            #expect(
                try await Verdict(client.send(form: form, contentType: "application/x-amz-json-1.1"))
                    == .refused(415, "UnsupportedMediaType")
            )
            let malformed = Verdict.refused(404, "MalformedQueryString")
            for form in ["Action", "Action=A&Action=B", "Action=%4", "Action=%zz", "Action=%ff"] {
                #expect(try await Verdict(client.send(form: form)) == malformed, "\(form)")
            }
            #expect(
                try await Verdict(client.send(form: "Version=2015-12-01")) == .refused(400, "MissingAction")
            )
        }
    }

    @Test func `hands out the arguments of a form decoded`() async throws {
        try await with { fake, client async throws in
            _ = try await client.send(form: "Action=Nothing&Version=1&A+b=c%2Bd+%C3%A9&Empty=")
            #expect(await fake.requests.map(\.parameters) == [["A b": "c+d é", "Empty": ""]])
        }
    }

    /// Runs `body` with a service that has one group, at 2026-01-02 03:04:05 UTC.
    func with(
        accepting credentials: [AWSCredentials] = [Self.credentials],
        pageSize: Int = 400,
        _ body: (FakeAWS, SignedClient) async throws -> Void
    ) async throws {
        try await FakeAWS.with(accepting: credentials, pageSize: pageSize, now: Self.now) { fake in
            await fake.put(TargetGroupState(arn: Self.arn))
            try await body(
                fake,
                SignedClient(port: fake.port, credentials: credentials[0], now: Self.now)
            )
        }
    }
}
