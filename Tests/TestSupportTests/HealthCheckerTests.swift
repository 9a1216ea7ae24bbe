import TestSupport
import TestTraits
import Testing

@Suite(.tags(.server), .timeLimit(.minutes(5))) struct HealthCheckerTests {
    static let columns = "IP, HOST_VALIDATED, SUM_CONNECT_ERRORS, COUNT_HANDSHAKE_ERRORS"

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `is counted by the server, and refused at the limit`(_ kind: ThrowawayServer.Kind) async throws {
        try kind.skipUnlessExpected()
        try await ThrowawayServer.with(kind, options: ["--max-connect-errors=30"]) { server in
            let checker = HealthChecker(
                target: server.port,
                from: ["127.0.0.2"],
                connectionsPerCheck: 6,
                interval: { .seconds(30) }
            )
            for _ in 0..<5 {
                let seen = await checker.check()
                #expect(seen.greetings == 6)
            }
            let counted = await row(of: "127.0.0.2", on: server, whenItIs: "127.0.0.2\tYES\t30\t30")
            #expect(counted == "127.0.0.2\tYES\t30\t30")

            // The limit is reached: whoever comes from there now is refused before the greeting.
            let blocked = await checker.check()
            #expect(blocked.greetings == 0)
            #expect(blocked.refused1129.map(\.node) == Array(repeating: "127.0.0.2", count: 6))
            #expect(blocked.other == [:])
            let total = await checker.tally
            #expect(total.checks == 6)
            #expect(total.connections == 36)
            #expect(total.greetings == 30)
            #expect(total.refused1129 == blocked.refused1129)

            // Another address has a count of its own.
            let other = HealthChecker(
                target: server.port,
                from: ["127.0.0.3"],
                connectionsPerCheck: 1,
                interval: { .seconds(30) }
            )
            #expect(await other.check().greetings == 1)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `runs at the interval it is told, from every node`(_ kind: ThrowawayServer.Kind) async throws {
        try kind.skipUnlessExpected()
        try await ThrowawayServer.with(kind) { server in
            // A hundred times as fast: 30 s are 0.3 s.
            let checker = HealthChecker(
                target: server.port,
                from: ["127.0.0.2", "127.0.0.3"],
                connectionsPerCheck: 2,
                timeScale: 100,
                interval: { .seconds(30) }
            )
            let start = ContinuousClock.now
            let run = Task { await checker.run() }
            try await waitUntil("three checks") { await checker.tally.checks >= 3 }
            run.cancel()
            let seen = await run.value
            #expect(ContinuousClock.now - start >= .milliseconds(300) * (seen.checks - 1))
            #expect(seen.connections == seen.checks * 4)
            #expect(seen.greetings == seen.connections)
        }
    }

    @Test func `counts every one of two hundred connections`() async throws {
        try ThrowawayServer.Kind.mariadb.skipUnlessExpected()
        try await ThrowawayServer.with(.mariadb, options: ["--max-connect-errors=100000"]) { server in
            let checker = HealthChecker(
                target: server.port,
                from: ["127.0.0.2"],
                connectionsPerCheck: 200,
                interval: { .seconds(30) }
            )
            let seen = await checker.check()
            #expect(seen.greetings == 200)
        }
    }

    @Test func `counts a server that is not there as something else`() async {
        let checker = HealthChecker(
            target: freePort(),
            from: ["127.0.0.2"],
            connectionsPerCheck: 3,
            interval: { .seconds(30) }
        )
        let seen = await checker.check()
        #expect(seen.other == ["connect: Connection refused": 3])
        #expect(seen.greetings == 0)
    }

    /// The row of an address once it reads as expected, or as it reads after a minute.
    ///
    /// The server counts a drop when its thread notices, a moment after the client has gone.
    private func row(of node: String, on server: ThrowawayServer, whenItIs expected: String) async -> String?
    {
        let select = "SELECT \(Self.columns) FROM performance_schema.host_cache WHERE IP = '\(node)'"
        // The last reading tells more than the deadline.
        try? await waitUntil { try await server.sql(select) == expected }
        return try? await server.sql(select)
    }
}
