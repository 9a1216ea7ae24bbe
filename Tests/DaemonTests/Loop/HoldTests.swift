import Daemon
import HostCacheCore
import Synchronization
import TestSamples
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct HoldTests {
    private static let blocked = HostCacheRow.sample(spent: 100, firstErrorAge: .seconds(400))

    @Test func `in observe nothing is ever sent, what is due is counted and told once`() async throws {
        let bench = try LoopBench(.sample { $0.isEnforcing = false }, .sample(limit: 100), [Self.blocked])
        try await bench.run {
            await bench.turn()
            await bench.turn()
        }
        #expect(bench.server.takenCalls() == ["connect", "look", "look", "look", "close"])
        #expect(try bench.audit == [])
        #expect(
            bench.status?.counters.suppressed == [
                Suppression.Kind(action: .raise, reason: "observe_mode"): 3,
                Suppression.Kind(action: .flush, reason: "observe_mode"): 3,
            ]
        )
        #expect(
            bench.log.taken().filter { $0.contains("not allowed here") } == [
                "<5>an action is due and not allowed here action=raise reason=\"mode is observe\" server=orders",
                "<5>an action is due and not allowed here action=flush reason=\"mode is observe\" server=orders",
            ]
        )
    }

    @Test func `what is not allowed is told again when it is due anew`() async throws {
        let policy = Policy.sample { policy in
            policy.actions = [.raise]
            policy.raiseWith = .never
        }
        let bench = try LoopBench(policy, .sample(limit: 100), [Self.blocked])
        try await bench.run {
            bench.server.change { $0.rows = [] }
            await bench.turn()
            bench.server.change { $0.rows = [Self.blocked] }
            await bench.turn()
        }
        let told =
            "<5>an action is due and not allowed here action=flush reason=\"actions does not list it\" "
            + "server=orders"
        #expect(bench.log.taken().filter { $0.contains("not allowed here") } == [told, told])
        #expect(
            bench.status?.counters.suppressed == [Suppression.Kind(action: .flush, reason: "action_off"): 2]
        )
    }

    @Test func `a server that goes and comes is told down and up once each, and keeps its counts`()
        async throws
    {
        let bench = try LoopBench()
        try await bench.run {
            _ = bench.log.taken()
            bench.server.change { server in
                server.looks = [ServerFailure.lost]
                server.connects = Array(repeating: ServerFailure.unreachable, count: 5)
            }
            await bench.turn()
            #expect(bench.status?.isUp == false)
            #expect(bench.status?.failure == ServerFailure.unreachable)
            for _ in 1...5 { await bench.turn() }
            #expect(bench.status?.isUp == true)
            #expect(bench.status?.failure == nil)
        }
        let lines = bench.log.taken()
        #expect(lines.count == 2)
        #expect(
            lines.first?.hasPrefix("<4>server is down error=\"\(ServerFailure.unreachable.message)\"") == true
        )
        #expect(
            lines.last == "<5>server is up again limit=5000 server=orders version=\"MySQL 9.7.4\""
        )
        #expect(bench.status?.failures == [.connect: 5])
        #expect(bench.status?.checks == 8)
    }

    @Test func `a session that ended during a pause is opened anew at once, and is no outage`() async throws {
        let bench = try LoopBench()
        try await bench.run {
            _ = bench.log.taken()
            _ = bench.server.takenCalls()
            for round in 1...3 {
                bench.server.change { $0.looks = [ServerFailure.lost] }
                let pause = bench.sleep
                let before = bench.clock.now.offset
                await bench.turn()
                #expect(bench.clock.now.offset - before == pause, "round \(round)")
                #expect(bench.server.takenCalls() == ["look", "close", "connect", "look"])
                #expect(bench.status?.isUp == true)
            }
        }
        #expect(bench.status?.failures == [:])
        #expect(bench.log.taken() == [])
    }

    @Test func `a connection that the server's name has left is replaced within ten seconds`() async throws {
        let hasLeft = Mutex(false)
        let bench = try LoopBench(hasLeft: { peer in peer == "10.0.0.1" && hasLeft.withLock(\.self) })
        try await bench.run {
            // The second look follows soon.
            await bench.turn()
            _ = bench.server.takenCalls()
            _ = bench.log.taken()
            #expect(bench.sleep == .seconds(10))
            for _ in 1...3 { await bench.turn() }
            #expect(bench.server.takenCalls() == ["look"])
            let begin = bench.clock.now.offset
            hasLeft.withLock { $0 = true }
            bench.server.change { $0.identity = "another" }
            await bench.turn()
            #expect(bench.clock.now.offset - begin == .seconds(10))
            #expect(bench.server.takenCalls() == ["close", "connect", "look"])
            #expect(bench.status?.isUp == true)
        }
        #expect(bench.status?.failures == [:])
        #expect(
            bench.log.taken().prefix(1) == [
                "<5>the server's name leads elsewhere, connecting anew before=10.0.0.1 server=orders"
            ]
        )
    }

    @Test func `a session that times out, or ends at its first look, is a failure`() async throws {
        let silent = ServerFailure(
            .timeout,
            code: nil,
            message: "query failed: no complete answer within 5.0 seconds",
            outcomeIsUnknown: true,
            losesConnection: true
        )
        let bench = try LoopBench()
        try await bench.run {
            bench.server.change { $0.looks = [silent] }
            await bench.turn()
            #expect(bench.status?.failures == [.timeout: 1])
            bench.server.change { $0.looks = [ServerFailure.lost] }
            await bench.turn()
            #expect(bench.status?.failures == [.timeout: 1, .connect: 1])
        }
    }

    @Test func `each look is counted once, whether it succeeds, fails or finds no server`() async throws {
        let bench = try LoopBench()
        bench.server.change { server in
            server.connects = [ServerFailure.unreachable]
            server.looks = [ServerFailure.refused(1142), ServerFailure.refused(1142)]
        }
        try await bench.run {
            for checks in 1...4 as ClosedRange<UInt64> {
                #expect(bench.status?.checks == checks)
                if checks < 4 { await bench.turn() }
            }
            #expect(bench.status?.failures == [.connect: 1, .privilege: 2])
            #expect(bench.status?.lastSuccess == Timekeeper.wallAtZero + bench.clock.now.offset)
        }
        #expect(bench.server.takenCalls() == ["connect", "connect", "look", "look", "look", "close"])
    }

    @Test(
        arguments: [
            (60, [1, 2, 4, 8, 16, 30, 30, 30]), (5, [1, 2, 4, 5, 5, 5, 5, 5]),
            (1, .init(repeating: 1, count: 8)),
        ]
            as [(Int64, [Int64])]
    )
    func `waits after failures double up to half a minute, with jitter, and never exceed the check interval`(
        _ checkInterval: Int64,
        _ expected: [Int64]
    ) async throws {
        let bench = try LoopBench(.sample { $0.checkInterval = .seconds(checkInterval) })
        bench.server.change { $0.connects = Array(repeating: ServerFailure.unreachable, count: 8) }
        var waits: [Duration] = []
        try await bench.run {
            for _ in 1...8 {
                waits.append(bench.sleep)
                await bench.turn()
            }
        }
        for (wait, longest) in zip(waits, expected) {
            #expect((.milliseconds(500 * longest)...Duration.seconds(longest)).contains(wait))
        }
    }

    private struct Surprise: Error {}

    @Test func `a failure that nobody foresaw waits like any other`() async throws {
        let bench = try LoopBench()
        bench.server.change { server in
            server.connects = [Surprise(), CancellationError()]
            server.looks = [Surprise()]
        }
        try await bench.run {
            for _ in 1...3 {
                #expect(bench.status?.failure?.reason == .query)
                #expect(bench.sleep >= .milliseconds(500))
                await bench.turn()
            }
            #expect(bench.status?.isUp == true)
        }
        #expect(
            bench.server.takenCalls() == ["connect", "connect", "connect", "look", "look", "close"]
        )
    }

    @Test func `an answer that makes no sense is not called a server that is down`() async throws {
        let bench = try LoopBench()
        bench.server.change { $0.looks = [Surprise()] }
        try await bench.run()
        #expect(bench.log.taken().first?.hasPrefix("<4>server could not be looked at error=") == true)
    }

    @Test func `another server process behind the name has its own memory`() async throws {
        let policy = Policy.sample { policy in
            policy.raiseWith = .never
            policy.guardRails.minFlushGap = .seconds(300)
        }
        let bench = try LoopBench(policy, .sample(limit: 100), [Self.blocked])
        try await bench.run {
            _ = bench.server.takenCalls()
            bench.server.change { server in
                server.identity = "other"
                server.rows = [Self.blocked]
            }
            // The first one's gap does not hold the other's flush.
            await bench.turn()
            #expect(
                bench.server.takenCalls() == ["look", ScriptedServer.resize, "look"]
            )
            bench.server.change { server in
                server.identity = "8f2b6c1a"
                server.rows = [Self.blocked]
            }
            // Back again, its own gap does.
            await bench.turn()
            #expect(Set(bench.server.takenCalls()) == ["look"])
        }
        #expect(try bench.state?.processes.keys.sorted() == ["8f2b6c1a", "other"])
        #expect(
            bench.log.taken().filter { $0.contains("server") && $0.contains("version=") } == [
                "<5>server is up identity=8f2b6c1a limit=100 server=orders version=\"MySQL 9.7.4\"",
                "<5>another server answers to this name before=8f2b6c1a identity=other limit=100 server=orders "
                    + "version=\"MySQL 9.7.4\"",
                "<5>another server answers to this name before=other identity=8f2b6c1a limit=100 server=orders "
                    + "version=\"MySQL 9.7.4\"",
            ]
        )
    }

    @Test func `a restarted daemon keeps the gap and the counters`() async throws {
        let policy = Policy.sample { $0.raiseWith = .never }
        let first = try LoopBench(policy, .sample(limit: 100), [Self.blocked])
        try await first.run()
        let second = try LoopBench(policy, .sample(limit: 100), [Self.blocked], folder: first.folder)
        try await second.run {
            #expect(second.status?.counters.flushes == [.blocked: 1])
            #expect(second.server.takenCalls() == ["connect", "look"])
            await second.turns(until: .seconds(60))
            #expect(second.server.takenCalls().contains(ScriptedServer.resize))
        }
        #expect(second.status?.counters.flushes == [.blocked: 2])
    }

    @Test func `cancellation ends a sleep at once, closes the connection and saves`() async throws {
        let bench = try LoopBench(.sample(), .sample(), [.sample(spent: 3)])
        try await bench.run {
            bench.server.change { $0.rows = [.sample(spent: 9)] }
            await bench.turn()
            _ = bench.server.takenCalls()
        }
        #expect(bench.server.takenCalls() == ["close"])
        #expect(try bench.state?.counters.handshakeErrors == 6)
        #expect(bench.log.taken().map { $0.prefix(3) } == ["<5>"])
    }

    @Test func `cancellation while a server is down ends the wait at once`() async throws {
        let bench = try LoopBench()
        bench.server.change { $0.connects = [ServerFailure.unreachable] }
        try await bench.run()
        #expect(bench.server.takenCalls() == ["connect"])
        #expect(bench.clock.now.offset == .zero)
    }
}
