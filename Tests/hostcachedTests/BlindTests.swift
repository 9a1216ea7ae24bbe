import TestSupport
import TestTraits
import Testing

/// MariaDB with `performance_schema = OFF`: it counts and blocks, and shows nothing.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(4 + LoadTime.minutes)))
struct BlindTests {
    private static let kinds = ThrowawayServer.Kind.matrix.filter { $0.flavour == .mariadb }
    private static let off = ["--performance-schema=OFF"]

    @Test(arguments: kinds)
    func `a blocked host is freed, and none is blocked under load`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind, options: Self.off) { scenario in
            try await scenario.block()
            let daemon = try await DaemonProcess(
                on: scenario.server,
                mode: "enforce",
                keys: Scenario.flushOnly.joined(separator: "\n"),
                in: scenario.folder
            )
            try await waitUntil("the blocked host can log in") {
                await scenario.login() == nil
            }
            let tally = try await scenario.load(12, for: LoadTime.span, until: "it is flushed five times") {
                try scenario.changes().count >= 5
            }
            #expect(tally.refused1129 == [])
            #expect(tally.other == [:])
            let page = daemon.metricsText ?? ""
            let (status, text) = try await scenario.diagnose()
            try await daemon.stop()

            // No count of what cannot be seen.
            #expect(page.contains(#"hostcached_host_cache_visible{server="orders"} 0"#))
            #expect(page.contains(#"hostcached_connect_errors_bound{server="orders"} "#))
            for absent in ["host_cache_entries", "hosts_blocked", "connect_errors_max"] {
                #expect(!page.contains("hostcached_\(absent){"))
            }
            // Unknown: the limit is below what is wanted.
            #expect(status == .code(3))
            #expect(
                text.contains("HC203  the host cache cannot be seen: performance_schema = OFF on MariaDB")
            )
            #expect(text.contains("my.cnf, section [mysqld]: performance_schema = ON"))
            #expect(text.contains("on RDS: performance_schema = 1 in the instance's DB parameter group"))
            #expect(text.contains("Performance Insights"))

            let changes = try scenario.changes()
            #expect(Set(changes) == [scenario.flush])
            let outcomes = daemon.audit.filter { $0.contains(#""phase":"outcome""#) }
            #expect(outcomes.count == changes.count)
            #expect(outcomes.filter { !$0.contains(#""result":"unverified""#) } == [])
            #expect(daemon.log.filter { $0.contains("flushes go by the clock") }.count == 1)
            LoadTime.report(
                "\(kind), blind",
                "\(tally.greetings) checks, \(changes.count) flushes, \(tally.refused1129.count) refused"
            )
        }
    }

    @Test(arguments: kinds)
    func `neither a restart of the daemon nor FLUSH STATUS changes what is spent`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind, options: Self.off) { scenario in
            let first = try await scenario.daemon(keys: Scenario.flushOnly)
            // Asking whether the server was up yet has counted too.
            let before = try #require(first.metric(Self.bound))
            try #require(before < 5)
            _ = await scenario.load(30, for: .milliseconds(900))
            try await waitUntil("the errors are counted") { first.metric(Self.bound) == before + 30 }
            await first.kill()
            _ = try await scenario.server.sql("FLUSH STATUS")
            _ = await scenario.load(15, for: .milliseconds(900))

            let second = try await scenario.daemon(keys: Scenario.flushOnly)
            // The first one's page stands until then.
            try await waitUntil("it is added up") { second.metric(Self.bound) == before + 45 }
            try scenario.expectChanges([])
            _ = try await scenario.server.sql("FLUSH TABLES")
            _ = await scenario.load(5, for: .milliseconds(900))
            try await waitUntil("half the limit is spent, and flushed") {
                try scenario.changes() == [scenario.flush]
            }
            try await waitUntil("nothing is spent") { second.metric(Self.bound) == 0 }
            try await second.stop()
            let third = try await scenario.daemon(keys: Scenario.flushOnly)
            #expect(third.metric(Self.bound) == 0)
            #expect(third.metric(Self.lastFlush) ?? 0 > 0)
            try await third.stop()
            try scenario.expectChanges([scenario.flush])
        }
    }

    @Test(arguments: kinds)
    func `a server that restarted begins with nothing spent`(_ kind: ThrowawayServer.Kind) async throws {
        // Far more than what comes in: here no flush may be due.
        let options = Self.off + ["--max-connect-errors=1000"]
        try await Scenario.with(kind, options: options) { scenario in
            let daemon = try await scenario.daemon(keys: Scenario.flushOnly)
            _ = await scenario.load(20, for: .milliseconds(900))
            try await waitUntil("the errors are counted") { daemon.metric(Self.bound) ?? 0 >= 20 }
            try await scenario.server.restart()
            try await waitUntil("the new life is seen") {
                (daemon.metric(Self.bound) ?? 20) < 5
            }
            try await daemon.stop()
            try scenario.expectChanges([])
            #expect(daemon.audit == [])
        }
    }

    private static let bound = #"hostcached_connect_errors_bound{server="orders"}"#
    private static let lastFlush = #"hostcached_last_flush_timestamp_seconds{server="orders"}"#
}
