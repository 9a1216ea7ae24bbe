import Daemon
import HostCacheCore
import TestSamples
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct LeadershipTests {
    private static let blocked = HostCacheRow.sample(spent: 100, firstErrorAge: .seconds(400))
    private static let holder = "connection 7 of hostcached@10.0.0.7:40112"

    private func bench(_ change: (inout Policy) -> Void = { _ in }) throws -> LoopBench {
        try LoopBench(
            .sample { policy in
                policy.raiseWith = .never
                change(&policy)
            },
            .sample(limit: 100)
        )
    }

    @Test func `the holder is on the board, and being alone is no news`() async throws {
        let bench = try bench()
        try await bench.run {
            #expect(bench.status?.leadership == .holder)
            #expect(bench.server.seeks == 1)
            await bench.turn()
            #expect(bench.server.seeks == 2)
        }
        #expect(bench.log.taken().filter { $0.contains("lock") } == [])
    }

    @Test(
        arguments: [{ $0.isEnforcing = false }, { $0.actions = [.raise] }, { $0.actions = [] }]
            as [@Sendable (inout Policy) -> Void]
    )
    func `the lock is not asked for by a daemon that flushes nothing`(
        _ change: @Sendable (inout Policy) -> Void
    ) async throws {
        let bench = try bench(change)
        bench.server.change { $0.rows = [Self.blocked] }
        try await bench.run { await bench.turn() }
        #expect(bench.server.seeks == 0)
        #expect(bench.status?.leadership == .notSought)
        #expect(bench.status?.counters.flushes == [:])
    }

    @Test func `a follower says whom it follows, waits two rounds and acts in the holder's place`()
        async throws
    {
        let bench = try bench()
        bench.server.change { server in
            server.leadership = .follower(of: 7)
            server.rows = [Self.blocked]
        }
        try await bench.run {
            #expect(bench.server.takenCalls() == ["connect", "look"])
            await bench.turn()
            #expect(bench.server.takenCalls() == ["look"])
            #expect(bench.status?.leadership == .follower(of: 7))
            await bench.turn()
            #expect(bench.server.takenCalls() == ["look", ScriptedServer.resize, "look"])
        }
        #expect(
            bench.log.taken().filter { $0.contains("lock") && !$0.contains("hosts are blocked") }.prefix(2)
                == [
                    "<5>another daemon holds the lock and acts first holder=\"\(Self.holder)\" server=orders",
                    "<4>the daemon that holds the lock leaves something undone, this one acts in its place "
                        + "advice=\"look at the log of hostcached on the holder's host\" holder=\"\(Self.holder)\" "
                        + "server=orders",
                ]
        )
    }

    @Test func `a follower raises what the holder leaves too low`() async throws {
        let bench = try bench {
            $0.raiseWith = .automatic
            $0.wantedLimit = 5000
        }
        bench.server.change { $0.leadership = .follower(of: 7) }
        try await bench.run {
            await bench.turn()
            #expect(bench.server.takenCalls() == ["connect", "look", "look"])
            await bench.turn()
            #expect(
                bench.server.takenCalls() == ["look", "SET PERSIST max_connect_errors = 5000", "look"]
            )
        }
    }

    @Test func `who acts is told when it is another`() async throws {
        let bench = try bench()
        try await bench.run {
            for leadership in [
                .follower(of: 7), .follower(of: 7), .holder, .holder, .follower(of: nil), .follower(of: 8),
            ] as [Leadership] {
                bench.server.change { $0.leadership = leadership }
                await bench.turn()
            }
        }
        #expect(
            bench.log.taken().filter { $0.contains("lock") } == [
                "<5>another daemon holds the lock and acts first holder=\"\(Self.holder)\" server=orders",
                "<5>this daemon holds the lock and acts from here on server=orders",
                "<5>another daemon holds the lock and acts first "
                    + "holder=\"connection 8 of hostcached@10.0.0.7:40112\" server=orders",
            ]
        )
    }

    @Test(arguments: [(1235, "server error 1235"), (nil, "GET_LOCK gave no answer")] as [(UInt32?, String)])
    func `where the lock is refused it acts, and says so once`(code: UInt32?, error: String) async throws {
        let bench = try bench()
        bench.server.change { server in
            server.leadership = .refused(code: code)
            server.rows = [Self.blocked]
        }
        try await bench.run {
            #expect(bench.server.takenCalls() == ["connect", "look", ScriptedServer.resize, "look"])
            await bench.turn()
        }
        #expect(
            bench.log.taken().filter { $0.contains("lock to share") } == [
                "<4>the server has no lock to share the work by, the guard rails alone keep flushes apart "
                    + "error=\"\(error)\" server=orders"
            ]
        )
    }

    @Test func `a connection lost while asking holds, and the lock is asked for on the next one`()
        async throws
    {
        let bench = try bench()
        bench.server.change { server in
            server.rows = [Self.blocked]
            server.leadershipFailure = ServerFailure.lost
        }
        try await bench.run {
            #expect(bench.server.takenCalls() == ["connect", "look"])
            #expect(bench.status?.leadership == .notSought)
            await bench.turn()
            #expect(bench.server.takenCalls() == ["close", "connect", "look", ScriptedServer.resize, "look"])
        }
    }

    @Test(arguments: [(2000, 0), (2001, 1)] as [(Int64, Int)])
    func `a daemon that stood still between look and action looks again`(
        milliseconds: Int64,
        looksAgain: Int
    ) async throws {
        let bench = try bench()
        try await bench.run {
            _ = bench.server.takenCalls()
            bench.server.change { server in
                server.rows = [Self.blocked]
                server.onSeek = { [clock = bench.clock] in clock.advance(by: .milliseconds(milliseconds)) }
            }
            await bench.turn()
            let again = Array(repeating: "look", count: looksAgain)
            // A machine that is always this slow acts all the same, after one more look.
            let expected = ["look"] + again + again + [ScriptedServer.resize, "look"] + again
            #expect(bench.server.takenCalls() == expected)
        }
    }
}
