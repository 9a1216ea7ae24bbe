import MariaDBClient
import TestSupport
import TestTraits
import Testing

/// Twelve counted errors a second from one address, for a minute; `make soak` takes longer.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(4 + LoadTime.minutes)))
struct FlushTests {
    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `flushing alone keeps every check free of 1129`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind) { scenario in
            let daemon = try await scenario.daemon(keys: Scenario.flushOnly)
            // A daemon that has flushed has what it keeps.
            _ = try await scenario.load(12, until: "the first flush shows in the metrics") {
                daemon.metric(#"hostcached_last_flush_timestamp_seconds{server="orders"}"#) ?? 0 > 0
            }
            let early = try #require(daemon.privateBytes)
            let tally = try await scenario.load(12, for: LoadTime.span, until: "it is flushed four times") {
                try scenario.changes().count >= 4
            }
            let late = try #require(daemon.privateBytes)
            #expect(tally.refused1129 == [])
            #expect(tally.other == [:])
            #expect(late - early < 1_048_576, "\(early) bytes, then \(late)")
            let exit = try await daemon.stop()
            #expect(exit == .code(0))

            let changes = try scenario.changes()
            #expect(Set(changes) == [scenario.flush])
            let logins = try scenario.server.generalLog().filter { $0.contains("app@") }
            #expect(logins == [])
            let outcomes = daemon.audit.filter { $0.contains(#""phase":"outcome""#) }
            #expect(outcomes.count == changes.count)
            #expect(outcomes.filter { !$0.contains(#""result":"ok""#) } == [])
            LoadTime.report(
                "\(kind), flushes alone",
                "\(tally.greetings) checks, \(changes.count) flushes, \(tally.refused1129.count) refused, "
                    + "private memory \(early / 1024) KiB, then \(late / 1024) KiB"
            )
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `the default guard rails hold and say which key to change`(_ kind: ThrowawayServer.Kind) async throws
    {
        try await Scenario.with(kind) { scenario in
            let daemon = try await scenario.daemon(keys: [
                #"raise_with = "never""#, #"check_interval = "1s""#,
            ])
            let suppressed =
                #"hostcached_actions_suppressed_total{server="orders",action="flush",reason="rate_limit"}"#
            _ = try await scenario.load(12, until: "a rail holds a flush") {
                daemon.metric(suppressed) ?? 0 > 0
            }
            try await daemon.stop()

            let changes = try scenario.changes()
            #expect(changes == [scenario.flush])
            let errors = daemon.log.filter { $0.contains("a guard rail holds a flush that is due") }
            #expect(errors.count == 1)
            #expect(errors.first?.contains("min_flush_gap") == true)
            #expect(errors.first?.contains(" error ") == true)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `observe changes nothing while an address is blocked`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind) { scenario in
            let daemon = try await scenario.daemon("observe", keys: [#"check_interval = "1s""#])
            try await scenario.block()
            try await waitUntil("the daemon sees the block") {
                daemon.metric(#"hostcached_hosts_blocked{server="orders"}"#) == 1
            }
            let suppressed = daemon.metric(
                #"hostcached_actions_suppressed_total{server="orders",action="flush",reason="observe_mode"}"#
            )
            try await daemon.stop()
            let login = await scenario.login()

            #expect(login?.isHostBlocked == true)
            #expect(try #require(suppressed) > 0)
            try scenario.expectChanges([])
            #expect(try scenario.sent().filter { $0.contains("_LOCK(") || $0.contains("LOCK ") } == [])
            #expect(daemon.audit == [])
        }
    }
}
