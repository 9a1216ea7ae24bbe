import TestSupport
import TestTraits
import Testing

/// Servers that stop blocking, and begin again, while the daemon watches.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct ExposureTests {
    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a host cache that is turned off and on again is told once each, and counted anew`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            let daemon = try await scenario.daemon(keys: Scenario.flushOnly)
            _ = await scenario.load(30, for: .milliseconds(900))
            try await waitUntil("the errors are seen") { daemon.metric(Self.spent) == 30 }
            _ = try await scenario.server.sql("SET GLOBAL host_cache_size = 0")
            try await waitUntil("the server cannot block") { daemon.metric(Self.canBlock) == 0 }
            _ = await scenario.load(60, for: .milliseconds(900))
            let (status, text) = try await scenario.diagnose()
            #expect(status == .code(0))
            #expect(text.contains("HC202  this server cannot block anyone: host_cache_size = 0"))

            _ = try await scenario.server.sql("SET GLOBAL host_cache_size = 279")
            try await waitUntil("the server can block") { daemon.metric(Self.canBlock) == 1 }
            #expect(daemon.metric(Self.spent) == 0)
            let (_, empty) = try await scenario.diagnose()
            #expect(empty.contains("the host cache is seen and empty"))
            try await daemon.stop()

            try scenario.expectChanges([])
            #expect(daemon.log.filter { $0.contains("this server cannot block anyone") }.count == 1)
            #expect(daemon.log.filter { $0.contains("the host cache can be seen") }.count == 1)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a server that resolves no names cannot block, blind or not`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind, options: ["--skip-name-resolve", "--performance-schema=OFF"]) {
            scenario in
            let daemon = try await scenario.daemon(keys: Scenario.flushOnly)
            let tally = await scenario.load(150, for: .milliseconds(900))
            #expect(tally.refused1129 == [])
            let (status, text) = try await scenario.diagnose(["--json"])
            #expect(daemon.metric(Self.canBlock) == 0)
            #expect(daemon.metric(Self.drift) == 0)
            try await daemon.stop()
            #expect(status == .code(0))
            #expect(text.contains(#""exposure" : "cannot_block""#))
            try scenario.expectChanges([])
        }
    }

    private static let spent = #"hostcached_connect_errors_max{server="orders"}"#
    private static let canBlock = #"hostcached_blocking_possible{server="orders"}"#
    private static let drift = #"hostcached_settings_drift{server="orders",setting="max_connect_errors"}"#
}
