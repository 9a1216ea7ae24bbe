import Daemon
import HostCacheCore
import TestSamples
import Testing

@Suite(.timeLimit(.minutes(5))) struct RaiseTests {
    private static let blocked = HostCacheRow.sample(spent: 100, firstErrorAge: .seconds(400))
    private static let set = "SET PERSIST max_connect_errors = 5000"

    @Test func `raises first, looks again, and flushes no more when raising was enough`() async throws {
        let bench = try LoopBench(.sample(), .sample(limit: 100), [Self.blocked])
        try await bench.run()
        #expect(bench.server.takenCalls() == ["connect", "look", Self.set, "look", "close"])
        #expect(try bench.audit == ["intent raise", "outcome raise ok"])
        let entries = try bench.auditEntries
        #expect(entries.map(\.limitBefore) == [100, 100])
        #expect(entries.map(\.limitAfter) == [5000, 5000])
        #expect(Set(entries.map(\.id)) == ["2026-11-23T02:13:20.000Z-1"])
        #expect(
            bench.log.taken() == [
                "<5>server is up identity=8f2b6c1a limit=100 server=orders version=\"MySQL 9.7.4\"",
                "<3>hosts are blocked advice=\"logins from there get error 1129\" "
                    + "hosts=\"10.0.1.23 (load balancer), 100% of all errors\" limit=100 server=orders",
                "<5>about to act action=raise before=100 id=2026-11-23T02:13:20.000Z-1 identity=8f2b6c1a "
                    + "server=orders statement=\"\(Self.set)\" wanted=5000",
                "<5>max_connect_errors raised before=100 id=2026-11-23T02:13:20.000Z-1 limit=5000 server=orders "
                    + "statement=\"\(Self.set)\" wanted=5000",
                "<5>hosts are not blocked any more hosts=10.0.1.23 limit=5000 server=orders",
            ]
        )
    }

    @Test func `flushes after raising what is due at the new limit too`() async throws {
        let bench = try LoopBench(.sample { $0.wantedLimit = 150 }, .sample(limit: 100), [Self.blocked])
        try await bench.run()
        #expect(
            bench.server.takenCalls() == [
                "connect", "look", "SET PERSIST max_connect_errors = 150", "look", ScriptedServer.resize,
                "look",
                "close",
            ]
        )
        #expect(
            try bench.audit == [
                "intent raise", "outcome raise ok", "intent flush budget", "outcome flush budget ok",
            ]
        )
    }

    @Test func `a limit that reads back unchanged is a failure and delays no flush`() async throws {
        let bench = try LoopBench(.sample(), .sample(limit: 100), [Self.blocked])
        bench.server.change { $0.answers = [.hasNoEffect] }
        try await bench.run {
            #expect(
                bench.server.takenCalls() == [
                    "connect", "look", Self.set, "look", ScriptedServer.resize, "look",
                ]
            )
            await bench.turns(until: .seconds(299))
            #expect(!bench.server.takenCalls().contains(Self.set))
            await bench.turns(until: .seconds(300))
            #expect(bench.server.takenCalls().contains(Self.set))
        }
        #expect(
            try bench.audit.prefix(4) == [
                "intent raise", "outcome raise failed read back 100", "intent flush blocked",
                "outcome flush blocked ok",
            ]
        )
        #expect(
            bench.log.taken().contains(
                "<3>max_connect_errors was not taken as wanted before=100 id=2026-11-23T02:13:20.000Z-1 limit=100 server=orders "
                    + "statement=\"\(Self.set)\" wanted=5000"
            )
        )
    }

    @Test func `a refused raise is told with its remedy and has one outcome, whatever comes after`()
        async throws
    {
        let bench = try LoopBench(.sample { $0.raiseWith = .persist }, .sample(limit: 100), [])
        bench.server.change { server in
            server.answers = [.fails(ServerFailure.refused(1227))]
            server.looks = [nil, ServerFailure.lost]
        }
        try await bench.run { await bench.turn() }
        #expect(
            try bench.audit == [
                "intent raise", "outcome raise failed query failed: no (error 1227, SQLSTATE 42000)",
            ]
        )
        #expect(
            bench.log.taken().contains(
                "<3>max_connect_errors could not be raised advice=\"grant CONNECTION ADMIN (MariaDB) or "
                    + "SYSTEM_VARIABLES_ADMIN (MySQL), or set raise_with = \\\"never\\\"\" "
                    + "error=\"query failed: no (error 1227, SQLSTATE 42000)\" id=2026-11-23T02:13:20.000Z-1 server=orders "
                    + "statement=\"\(Self.set)\""
            )
        )
        #expect(
            bench.server.takenCalls() == [
                "connect", "look", Self.set, "look", "close", "connect", "look", "close",
            ]
        )
    }

    @Test(arguments: [true, false])
    func `a raise whose answer is lost is looked up and not repeated at once`(itRan: Bool) async throws {
        let bench = try LoopBench(.sample(), .sample(limit: 100), [])
        bench.server.change {
            $0.answers = [itRan ? .worksAndFails(ServerFailure.lost) : .fails(ServerFailure.lost)]
        }
        try await bench.run { await bench.turn() }
        #expect(
            bench.server.takenCalls() == ["connect", "look", Self.set, "close", "connect", "look", "close"]
        )
        #expect(
            try bench.audit == ["intent raise", "outcome raise unknown \(ServerFailure.lost.message)"]
        )
        #expect(bench.status?.look?.limit == (itRan ? 5000 : 100))
        let process = try #require(try bench.state?.processes["8f2b6c1a"])
        #expect(process.originalLimit == (itRan ? 100 : nil))
        #expect(process.raisedTo == (itRan ? 5000 : nil))
        #expect(process.pendingRaise == nil)
        #expect(bench.status?.counters.limitChanges == (itRan ? 1 : 0))
        let told = bench.log.taken()
        #expect(!told.contains { $0.contains("could not be raised") })
        #expect(
            told.contains(
                "<5>raise with unknown outcome was looked up outcome=\(itRan ? "ok" : "failed") server=orders"
            )
        )
    }

    @Test func `a raise whose answer is lost is looked up by the next daemon too`() async throws {
        let first = try LoopBench(.sample(), .sample(limit: 100), [])
        first.server.change { $0.answers = [.worksAndFails(ServerFailure.lost)] }
        try await first.run()
        #expect(try first.state?.processes["8f2b6c1a"]?.pendingRaise?.limitBefore == 100)
        let second = try LoopBench(.sample(), .sample(limit: 5000), [], folder: first.folder)
        try await second.run()
        let process = try #require(try second.state?.processes["8f2b6c1a"])
        #expect(process.originalLimit == 100)
        #expect(process.pendingRaise == nil)
    }

    @Test(arguments: [true, false])
    func `a limit that was not persisted but is in force is raised`(isInForce: Bool) async throws {
        let failure = ServerFailure.refused(3549)
        let bench = try LoopBench(.sample(), .sample(limit: 100), [])
        bench.server.change { $0.answers = [isInForce ? .worksAndFails(failure) : .fails(failure)] }
        try await bench.run()
        let outcomes = try bench.audit.filter { $0.hasPrefix("outcome") }
        #expect(
            outcomes.first
                == "outcome raise \(isInForce ? "ok in force, not persisted: " : "failed ")\(failure)"
        )
        let told = bench.log.taken()
        let process = try #require(try bench.state?.processes["8f2b6c1a"])
        #expect(process.originalLimit == 100)
        #expect(process.raisePersisted == false)
        #expect(bench.status?.look?.limit == 5000)
        #expect(told.contains { $0.contains("could not be raised") } == !isInForce)
        if isInForce {
            #expect(bench.server.takenCalls() == ["connect", "look", Self.set, "look", "close"])
            #expect(
                told.contains {
                    $0.hasPrefix(
                        "<4>max_connect_errors raised, and not persisted: the server forgets it at a restart"
                    )
                }
            )
        } else {
            // SET GLOBAL is what is left.
            #expect(
                bench.server.takenCalls() == [
                    "connect", "look", Self.set, "look", "SET GLOBAL max_connect_errors = 5000", "look",
                    "close",
                ]
            )
        }
    }

    @Test func `a raise whose reading back fails has an unknown outcome`() async throws {
        let bench = try LoopBench(.sample(), .sample(limit: 100), [])
        bench.server.change { $0.looks = [nil, ServerFailure.lost] }
        try await bench.run()
        #expect(
            try bench.audit == ["intent raise", "outcome raise unknown \(ServerFailure.lost.message)"]
        )
    }

    @Test func `a limit that is never to be raised is told once`() async throws {
        let bench = try LoopBench(.sample { $0.raiseWith = .never }, .sample(limit: 100), [])
        try await bench.run { await bench.turns(until: .seconds(120)) }
        let told =
            "<6>max_connect_errors is below what is wanted and is left alone limit=100 server=orders wanted=5000"
        #expect(bench.log.taken().filter { $0.contains("left alone") } == [told])
        #expect(!bench.server.takenCalls().contains(Self.set))
    }

    @Test func `a reload takes the latch off`() async throws {
        let bench = try LoopBench(.sample(), .sample(limit: 100), [])
        try await bench.run {
            for _ in 1...3 {
                bench.server.change { $0.settings.maxConnectErrors = 100 }
                await bench.turn()
            }
            #expect(bench.status?.look?.limit == 100)
            #expect(bench.log.taken().contains { $0.contains("it is only reported from here on") })
            bench.board.update { $0.reloads += 1 }
            await bench.turn()
            #expect(bench.status?.look?.limit == 5000)
        }
    }

    @Test func `a raise with unknown outcome is told`() async throws {
        let bench = try LoopBench(.sample(), .sample(limit: 100), [])
        bench.server.change { $0.looks = [nil, ServerFailure.lost] }
        try await bench.run()
        #expect(
            bench.log.taken().filter { $0.contains("not known") } == [
                "<4>what became of a raise is not known yet error=\"\(ServerFailure.lost)\" "
                    + "id=2026-11-23T02:13:20.000Z-1 server=orders statement=\"\(Self.set)\""
            ]
        )
    }
}
