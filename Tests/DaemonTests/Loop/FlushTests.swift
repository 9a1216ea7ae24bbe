import Daemon
import HostCacheCore
import Synchronization
import TestSamples
import Testing

@Suite(.timeLimit(.minutes(5))) struct FlushTests {
    private static let blocked = HostCacheRow.sample(spent: 100, blocked: 7, firstErrorAge: .seconds(400))
    private static let other = HostCacheRow.sample("10.9.9.9", name: "app.example.com", spent: 3)
    private static let flush = "FLUSH NO_WRITE_TO_BINLOG HOSTS"
    private static let truncate = "TRUNCATE TABLE performance_schema.host_cache"

    /// A loop that may only flush, on a server with all three statements and limit 100.
    private func bench(_ change: (inout Policy) -> Void = { _ in }) throws -> LoopBench {
        let policy = Policy.sample { policy in
            policy.raiseWith = .never
            change(&policy)
        }
        return try LoopBench(policy, .sample(.mysql80, limit: 100), [Self.blocked])
    }

    @Test func `the audit holds intent with the evidence, then the outcome`() async throws {
        let bench = try bench()
        bench.server.change { $0.rows.append(Self.other) }
        try await bench.run()
        var intent = AuditEntry(
            .intent,
            id: "2026-11-23T02:13:20.000Z-1",
            server: "orders",
            identity: "8f2b6c1a",
            action: "flush",
            time: "2026-11-23T02:13:20.000Z"
        )
        intent.trigger = "blocked"
        intent.statement = ScriptedServer.resize
        intent.hosts = Forecast.sample([Self.blocked, Self.other], limit: 100).offenders
            .map { AuditEntry.Host($0, at: Timekeeper.wallAtZero) }
        var outcome = intent
        outcome.phase = .outcome
        outcome.hosts = nil
        outcome.result = .ok
        #expect(try bench.auditEntries == [intent, outcome])
        #expect(bench.status?.counters.flushes == [.blocked: 1])
        #expect(bench.status?.lastFlush == Timekeeper.wallAtZero)
    }

    @Test func `state and intent are on the disk before the statement is sent`() async throws {
        let bench = try bench()
        let atStatement = Mutex<[String]>([])
        bench.server.change { server in
            // Weak, since the server belongs to the bench, whose folder would stay for ever.
            server.onStatement = { [weak bench] _ in
                // What cannot be read shows as nothing.
                let state = try? bench?.state
                let audit = try? bench?.audit
                let attempt = state?.processes["8f2b6c1a"]?.lastFlushAttempt
                atStatement.withLock { $0 = ["state: \(attempt ?? "nothing")"] + (audit ?? []) }
            }
        }
        try await bench.run()
        #expect(
            atStatement.withLock { $0 } == ["state: 2026-11-23T02:13:20.000Z", "intent flush blocked"]
        )
        #expect(try bench.state?.processes["8f2b6c1a"]?.lastFlush == "2026-11-23T02:13:20.000Z")
        #expect(try bench.state?.counters.flushes == ["blocked": 1])
    }

    @Test func `a refused statement is followed by the other one, which is used from then on`() async throws {
        let bench = try bench()
        bench.server.change { $0.answers = [.fails(ServerFailure.refused(1142))] }
        try await bench.run {
            #expect(
                bench.server.takenCalls() == [
                    "connect", "look", ScriptedServer.resize, Self.truncate, "look",
                ]
            )
            bench.server.change { $0.rows = [Self.blocked] }
            await bench.turns(until: .seconds(60))
            #expect(bench.server.takenCalls().filter { $0 != "look" } == [Self.truncate])
        }
        #expect(
            try bench.audit.prefix(4) == [
                "intent flush blocked",
                "outcome flush blocked failed query failed: no (error 1142, SQLSTATE 42000)",
                "intent flush blocked", "outcome flush blocked ok",
            ]
        )
    }

    @Test func `a table that somebody holds is left for the statement that needs no lock`() async throws {
        let bench = try bench { $0.flushWith = .statement(.truncate) }
        bench.server.change { $0.answers = [.fails(ServerFailure.refused(1205))] }
        try await bench.run {
            #expect(
                bench.server.takenCalls() == [
                    "connect", "look", Self.truncate, ScriptedServer.resize, "look",
                ]
            )
            bench.server.change { $0.rows = [Self.blocked] }
            await bench.turns(until: .seconds(60))
            #expect(bench.server.takenCalls().filter { $0 != "look" } == [ScriptedServer.resize])
        }
    }

    @Test func `an error that is no refusal is not held against the statement`() async throws {
        let bench = try bench()
        bench.server.change { $0.answers = [.fails(ServerFailure.refused(1317))] }
        try await bench.run {
            #expect(
                bench.server.takenCalls() == [
                    "connect", "look", ScriptedServer.resize, Self.truncate, "look",
                ]
            )
            bench.server.change { $0.rows = [Self.blocked] }
            await bench.turns(until: .seconds(60))
            #expect(bench.server.takenCalls().filter { $0 != "look" } == [ScriptedServer.resize])
        }
    }

    @Test func `without effect the others are tried once, then the gap is waited`() async throws {
        let bench = try bench()
        bench.server.change { $0.answers = [.hasNoEffect, .hasNoEffect, .hasNoEffect] }
        try await bench.run {
            #expect(
                bench.server.takenCalls() == [
                    "connect", "look", ScriptedServer.resize, "look", Self.truncate, "look", Self.flush,
                    "look",
                    "look",
                ]
            )
            await bench.turns(until: .seconds(59))
            #expect(Set(bench.server.takenCalls()) == ["look"])
            await bench.turns(until: .seconds(60))
            #expect(bench.server.takenCalls() == ["look", ScriptedServer.resize, "look"])
        }
        let failed = ["intent flush blocked", "outcome flush blocked failed no effect on 10.0.1.23"]
        #expect(
            try bench.audit == failed + failed + failed + [
                "intent flush blocked", "outcome flush blocked ok",
            ]
        )
        #expect(bench.status?.counters.flushes == [.blocked: 2])
        #expect(bench.status?.counters.flushFailures == 3)
    }

    @Test(arguments: [
        (true, "<5>flush with unknown outcome was looked up outcome=ok server=orders"),
        (
            false,
            "<5>flush with unknown outcome was looked up outcome=\"no effect on 10.0.1.23\" server=orders"
        ),
    ])
    func `a flush whose answer is lost is looked up before any repeat`(itRan: Bool, told: String) async throws
    {
        let bench = try bench()
        bench.server.change {
            $0.answers = [itRan ? .worksAndFails(ServerFailure.lost) : .fails(ServerFailure.lost)]
        }
        try await bench.run {
            #expect(bench.server.takenCalls() == ["connect", "look", ScriptedServer.resize])
            await bench.turn()
            #expect(bench.server.takenCalls() == ["close", "connect", "look"])
            #expect(bench.log.taken().contains(told))
            await bench.turns(until: .seconds(60))
            #expect(bench.server.takenCalls().contains(ScriptedServer.resize) == !itRan)
        }
        #expect(
            try bench.audit.prefix(2) == [
                "intent flush blocked", "outcome flush blocked unknown \(ServerFailure.lost.message)",
            ]
        )
        #expect(bench.status?.counters.flushFailures == (itRan ? 0 : 1))
    }

    @Test func `an unknown outcome on a live connection is looked up with fresh eyes`() async throws {
        let bench = try bench()
        var slow = ServerFailure.lost
        slow.losesConnection = false
        bench.server.change { $0.answers = [.worksAndFails(slow)] }
        try await bench.run()
        #expect(bench.server.takenCalls() == ["connect", "look", ScriptedServer.resize, "look", "close"])
        #expect(bench.status?.look?.blockedHosts == 0)
        #expect(bench.status?.counters.flushFailures == 0)
    }

    @Test func `a flush that cannot be read back is unknown, then looked up`() async throws {
        let bench = try bench()
        bench.server.change { $0.looks = [nil, ServerFailure.lost] }
        try await bench.run { await bench.turn() }
        #expect(
            bench.server.takenCalls() == [
                "connect", "look", ScriptedServer.resize, "look", "close", "connect", "look", "close",
            ]
        )
        #expect(
            try bench.audit == [
                "intent flush blocked", "outcome flush blocked unknown \(ServerFailure.lost.message)",
            ]
        )
        #expect(bench.status?.counters.flushFailures == 0)
    }

    @Test func `a blind server's flush is never called ok`() async throws {
        let settings = ServerSettings.sample(.mariadb, performanceSchema: false, limit: 100)
        let bench = try LoopBench(.sample { $0.raiseWith = .never }, settings)
        bench.server.change { $0.abortedConnects = 50 }
        try await bench.run()
        #expect(bench.server.takenCalls() == ["connect", "look", Self.flush, "look", "close"])
        #expect(
            try bench.audit == [
                "intent flush budget",
                "outcome flush budget unverified the server does not show its host cache",
            ]
        )
    }

    @Test func `rows that cannot be read after a flush leave it unverified`() async throws {
        let bench = try bench()
        bench.server.change { server in
            server.onStatement = { [weak bench] _ in
                bench?.server.change { $0.reading = .unreadable(.slow, detail: "no answer") }
            }
        }
        try await bench.run()
        #expect(
            try bench.audit == [
                "intent flush blocked",
                "outcome flush blocked unverified the server does not show its host cache",
            ]
        )
    }

    @Test func `a server whose rows cannot be read is flushed by its counter, and said to be up`()
        async throws
    {
        let bench = try bench()
        bench.server.change { server in
            server.rows = []
            server.abortedConnects = 1000
        }
        try await bench.run {
            _ = bench.log.taken()
            bench.server.change { server in
                server.reading = .unreadable(.locked, detail: "query failed: no (error 1205)")
                server.abortedConnects = 1050
            }
            await bench.turns(until: .seconds(60))
            #expect(bench.server.takenCalls().contains(ScriptedServer.resize))
            #expect(bench.status?.isUp == true)
            #expect(
                bench.log.taken().filter { $0.contains("could not be read") } == [
                    "<4>the rows of the host cache could not be read, it is judged by its counter until they can "
                        + "advice=\"end the statement that waits for the table: TRUNCATE of somebody else, in SHOW "
                        + "PROCESSLIST\" error=\"query failed: no (error 1205)\" reason=\"somebody holds a lock on the "
                        + "table\" server=orders"
                ]
            )
        }
    }

    @Test func `a refused statement is not sent again after a reconnect`() async throws {
        let bench = try bench()
        bench.server.change { $0.answers = [.fails(ServerFailure.refused(1227))] }
        try await bench.run {
            #expect(bench.server.takenCalls().contains(ScriptedServer.resize))
            bench.server.change { server in
                server.rows = [Self.blocked]
                server.looks = [ServerFailure.lost]
            }
            await bench.turns(until: .seconds(120))
            let calls = bench.server.takenCalls()
            #expect(calls.contains("connect"))
            #expect(calls.contains(Self.truncate))
            #expect(!calls.contains(ScriptedServer.resize))
        }
    }

    @Test func `a guard rail that holds a due flush is one error that names the key`() async throws {
        let bench = try bench()
        try await bench.run {
            for minute in 1...3 {
                bench.server.change { $0.rows = [Self.blocked] }
                await bench.turns(until: .seconds(60 * minute))
            }
        }
        #expect(
            bench.log.taken().filter { $0.contains("guard rail holds") } == [
                "<3>a guard rail holds a flush that is due advice=\"raise max_connect_errors (now 100), or "
                    + "change min_flush_gap (now 1 min)\" guard_rail=min_flush_gap limit=100 server=orders "
                    + "trigger=blocked"
            ]
        )
        let suppressed = bench.status?.counters.suppressed
        #expect(suppressed?[Suppression.Kind(action: .flush, reason: "rate_limit")] ?? 0 > 0)
    }

    @Test func `gap and cap that hold in turn are told once each`() async throws {
        let bench = try bench { policy in
            policy.loadBalancers = []
            policy.guardRails.maxFlushesPerHour = 1
        }
        try await bench.run {
            for minute in 1...12 {
                bench.server.change { $0.rows = [Self.blocked] }
                await bench.turns(until: .seconds(60 * minute))
            }
        }
        let rails = bench.log.taken().filter { $0.contains("guard rail holds") }
            .map { $0.contains("guard_rail=min_flush_gap") ? "gap" : "cap" }
        #expect(rails == ["gap", "cap"])
        // At the cap one flush every five minutes: never a full stop.
        #expect(bench.status?.counters.flushes == [.blocked: 3])
    }
}
