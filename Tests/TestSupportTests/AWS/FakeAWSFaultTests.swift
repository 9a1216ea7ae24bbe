import Secrets
import SigV4
import TestSupport
import TestTraits
import Testing

@Suite(.timeLimit(.minutes(5))) struct FakeAWSFaultTests {
    static let arn = FakeAWSTests.arn
    static let to300 = FakeAWSTests.to300

    @Test func `refuses connections while it is down, and comes back as it was`() async throws {
        try await with { fake, client async throws in
            try await fake.set(.init(isDown: true))
            await #expect(throws: ServerError.self) { try await client.call("DescribeTargetGroups") }
            try await fake.set(.init(isDown: true))
            #expect(await fake.requests == [])
            try await fake.set(.none)
            #expect(try await Verdict(client.call("ModifyTargetGroup", Self.to300)) == .accepted)
            #expect(await fake.interval(of: Self.arn) == .seconds(300))
        }
    }

    @Test func `is gone after it was stopped`() async throws {
        try await with { fake, client async throws in
            await fake.stop()
            await fake.stop()
            let failure = await #expect(throws: ServerError.self) {
                try await client.call("DescribeTargetGroups")
            }
            #expect(failure?.description == "cannot connect to port \(fake.port): Connection refused")
        }
    }

    @Test func `does what it was asked before a slow answer`() async throws {
        try await with { fake, client async throws in
            try await fake.set(.init(delay: .seconds(600)))
            async let answer = client.call("ModifyTargetGroup", Self.to300)
            try await waitUntil { await fake.interval(of: Self.arn) == .seconds(300) }
            // Whoever waits does not hold up the end.
            await fake.stop()
            // The connection is cut, or ends with a status 500 when there was time for one.
            let status = (try? await answer)?.status ?? 500
            #expect(status == 500)
        }
    }

    @Test(
        arguments: [
            (.unavailablePage, 503, "text/html"), (.loginPage, 200, "text/html"),
            (.truncated, 200, "text/xml"),
            (.empty, 200, "text/xml"),
        ] as [(FakeAWS.Faults.Rubbish, Int, String)]
    )
    func `answers rubbish, and does nothing`(
        _ row: (rubbish: FakeAWS.Faults.Rubbish, status: Int, type: String)
    ) async throws {
        try await with { fake, client async throws in
            try await fake.set(.init(rubbish: row.rubbish))
            let answer = try await client.call("ModifyTargetGroup", Self.to300)
            #expect(answer.status == row.status)
            #expect(answer.headers["content-type"] == row.type)
            #expect(answer.first("RequestId") == nil)
            #expect(await fake.interval(of: Self.arn) == .seconds(30))
            #expect(await fake.requests.map(\.outcome) == ["rubbish"])
        }
    }

    @Test func `throttles as many requests as told`() async throws {
        try await with { fake, client async throws in
            try await fake.set(.init(throttledRequests: 2))
            let first = try await client.call("DescribeTargetGroups")
            #expect(Verdict(first) == .refused(400, "Throttling"))
            #expect(first.first("Message") == "Rate exceeded")
            #expect(
                try await Verdict(client.call("ModifyTargetGroup", Self.to300)) == .refused(400, "Throttling")
            )
            #expect(await fake.interval(of: Self.arn) == .seconds(30))
            #expect(try await Verdict(client.call("DescribeTargetGroups")) == .accepted)
            #expect(await fake.requests.map(\.outcome) == ["Throttling", "Throttling", "ok"])
        }
    }

    @Test func `denies only the actions it is told to`() async throws {
        try await with { fake, client async throws in
            try await fake.set(.init(deniedActions: ["ModifyTargetGroup"]))
            let denied = try await client.call("ModifyTargetGroup", Self.to300)
            #expect(Verdict(denied) == .refused(403, "AccessDenied"))
            #expect(
                denied.first("Message")
                    == "User: arn:aws:iam::123456789012:user/AKIDEXAMPLE is not authorized to perform: "
                    + "elasticloadbalancing:ModifyTargetGroup because no identity-based policy allows the "
                    + "elasticloadbalancing:ModifyTargetGroup action"
            )
            #expect(await fake.interval(of: Self.arn) == .seconds(30))
            #expect(try await Verdict(client.call("DescribeTargetGroups")) == .accepted)
        }
    }

    @Test(.tags(.realTime)) func `slows a load balancer's checks down`() async throws {
        try await with { fake, client async throws in
            // A hundred times as fast: 30 s are 0.3 s, 300 s are 3 s. Nobody listens, and checks are counted.
            let checker = HealthChecker(
                target: freePort(),
                from: ["127.0.0.2"],
                connectionsPerCheck: 1,
                timeScale: 100,
                interval: { await fake.interval(of: Self.arn) }
            )
            let before = await checker.run(for: .seconds(3)).checks
            #expect((2...10).contains(before))
            _ = try await client.call("ModifyTargetGroup", Self.to300)
            #expect(await checker.run(for: .seconds(1)).checks == before + 1)
        }
    }

    private func with(_ body: (FakeAWS, SignedClient) async throws -> Void) async throws {
        let credentials = FakeAWSTests.credentials
        try await FakeAWS.with(accepting: [credentials], now: WallTime.now) { fake in
            await fake.put(TargetGroupState(arn: Self.arn))
            try await body(fake, SignedClient(port: fake.port, credentials: credentials, now: WallTime.now))
        }
    }
}
