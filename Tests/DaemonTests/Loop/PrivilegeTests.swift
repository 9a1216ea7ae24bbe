import Daemon
import HostCacheCore
import TestSamples
import TestSupport
import Testing

/// What the loop makes of what its account may do.
@Suite(.timeLimit(.minutes(5))) struct PrivilegeTests {
    private static let blocked = HostCacheRow.sample(spent: 100, firstErrorAge: .seconds(400))
    private static let truncate = "TRUNCATE TABLE performance_schema.host_cache"

    /// A loop on a server with a blocked host and limit 100, whose account may do all.
    private func bench() throws -> LoopBench {
        let bench = try LoopBench(.sample(), .sample(limit: 100), [Self.blocked])
        bench.server.change { $0.privileges = .all }
        return bench
    }

    @Test func `what may not be done is not tried, told once, and done when it may be`() async throws {
        let bench = try bench()
        bench.server.change { server in
            server.privileges.mayRaise = false
            server.privileges.mayTruncate = false
            server.privileges.mayFlush = false
        }
        try await bench.run {
            await bench.turn()
            #expect(bench.server.takenCalls() == ["connect", "look", "look"])
            #expect(bench.status?.look?.missing == [.flush, .raise])
            #expect(bench.status?.look?.flushStatement == nil)
            #expect(
                bench.log.taken().filter { $0.contains("privilege") } == [
                    "<3>a privilege is missing advice=\"GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO "
                        + "'hostcached'@'%'\" privilege=SYSTEM_VARIABLES_ADMIN reason=\"to flush\" "
                        + "server=orders",
                    "<3>a privilege is missing advice=\"GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO "
                        + "'hostcached'@'%'\" privilege=SYSTEM_VARIABLES_ADMIN reason=\"to raise\" "
                        + "server=orders",
                    "<5>an action is due and not allowed here action=raise "
                        + "reason=\"the account lacks a privilege\" server=orders",
                    "<5>an action is due and not allowed here action=flush "
                        + "reason=\"the account lacks a privilege\" server=orders",
                ]
            )
            bench.server.change { $0.privileges = .all }
            await bench.turn()
            #expect(bench.status?.look?.missing == [])
            #expect(bench.log.taken().filter { $0.contains("that was missing is there") }.count == 2)
        }
        #expect(
            bench.status?.counters.suppressed == [
                Suppression.Kind(action: .raise, reason: "privilege"): 2,
                Suppression.Kind(action: .flush, reason: "privilege"): 2,
            ]
        )
        #expect(try bench.audit == ["intent raise", "outcome raise ok"])
    }

    @Test func `a session is left for a new one when the grants changed, and that is no failure`()
        async throws
    {
        let bench = try LoopBench(.sample(), .sample())
        bench.server.change { $0.privileges = .all }
        try await bench.run {
            await bench.turn()
            #expect(bench.server.takenCalls() == ["connect", "look", "look"])
            bench.server.change { $0.privileges.mayRaise = false }
            await bench.turn()
            #expect(bench.server.takenCalls() == ["look", "close", "connect", "look"])
            await bench.turn()
            #expect(bench.server.takenCalls() == ["look"])
            #expect(bench.status?.failures == [:])
        }
    }

    @Test func `rows that may not be read leave the server up and blind`() async throws {
        let bench = try LoopBench(.sample(), .sample())
        bench.server.change { $0.privileges = .all }
        try await bench.run {
            _ = bench.log.taken()
            bench.server.change { $0.privileges.maySee = false }
            await bench.turn()
            #expect(bench.status?.isUp == true)
            #expect(bench.status?.look?.exposure == .blind)
            #expect(bench.server.takenCalls() == ["connect", "look", "look"])
            let lines = bench.log.taken()
            #expect(lines.count == 2)
            #expect(
                lines.first
                    == "<4>the host cache cannot be seen, flushes go by the clock "
                    + "advice=\"grant SELECT on performance_schema.host_cache\" limit=5000 reason=privilege "
                    + "server=orders version=\"MySQL 9.7.4\""
            )
            await bench.turn()
            #expect(bench.log.taken() == [])
        }
    }

    @Test func `a privilege that is not needed any more is not told as granted`() async throws {
        let bench = try LoopBench(.sample(), .sample(limit: 100))
        bench.server.change { server in
            server.privileges = .all
            server.privileges.mayRaise = false
        }
        try await bench.run {
            #expect(bench.log.taken().contains { $0.contains("a privilege is missing") })
            bench.server.change { $0.settings.maxConnectErrors = 5000 }
            await bench.turn()
            #expect(bench.status?.look?.limit == 5000)
            #expect(bench.log.taken().filter { $0.contains("privilege") } == [])
        }
    }

    @Test func `a session that lacks what is needed is kept for ten minutes`() async throws {
        let bench = try LoopBench(.sample(), .sample())
        bench.server.change { server in
            server.privileges = .all
            server.privileges.mayRaise = false
            server.privileges.mayTruncate = false
            server.privileges.mayFlush = false
        }
        try await bench.run {
            _ = bench.server.takenCalls()
            await bench.turns(until: .seconds(599))
            #expect(Set(bench.server.takenCalls()) == ["look"])
            await bench.turns(until: .seconds(640))
            #expect(bench.server.takenCalls().filter { $0 != "look" } == ["close", "connect"])
        }
    }
}
