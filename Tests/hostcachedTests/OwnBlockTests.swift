import TestSupport
import TestTraits
import Testing

/// The daemon behind a load balancer's node whose address is blocked.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct OwnBlockTests {
    @Test(arguments: ThrowawayServer.Kind.allCases, [false, true])
    func `a daemon that starts from a blocked address says what to do, and goes on when it is done`(
        _ kind: ThrowawayServer.Kind,
        usesTLS: Bool
    ) async throws {
        try kind.skipUnlessExpected()
        let certificates = try await Certificates(for: "IP:127.0.0.1")
        let options = usesTLS && kind == .mariadb ? certificates.serverOptions : []
        try await Scenario.with(kind, options: options) { scenario in
            if usesTLS, kind == .mysql { try await certificates.replace(thoseOf: scenario.server) }
            let tls = #"tls = { mode = "verify-identity", ca = "\#(certificates.authority)" }"#
            let keys = Scenario.flushOnly + (usesTLS ? [tls] : [])
            try await scenario.block()
            try await scenario.behindBalancer { port in
                let daemon = try await scenario.daemon(through: port, keys: keys)
                try await waitUntil("the refusal is counted") {
                    daemon.metric(Self.refusing) == 1 && daemon.metric(Self.refusals) ?? 0 >= 2
                }
                try await expectDiagnosis(scenario)
                #expect(daemon.metric(Self.isUp) == 0)
                #expect(try scenario.sent() == [])

                _ = try await scenario.server.sql(scenario.flush)
                try await waitUntil("the daemon is let in") {
                    daemon.metric(Self.isUp) == 1
                }
                #expect(daemon.metric(Self.refusing) == 0)
                try await daemon.stop()
                let refused = daemon.log.filter { $0.contains("refuses our own address with error 1129") }
                #expect(refused.count == 1)
                #expect(refused.first?.contains("127.0.0.2 (this machine connects from 127.0.0.1)") == true)
                #expect(refused.first?.contains(scenario.flush) == true)
                #expect(daemon.log.filter { $0.contains("server is up") }.count == 1)
                #expect(try scenario.sent().isEmpty == false)
            }
        }
    }

    private func expectDiagnosis(_ scenario: Scenario) async throws {
        let (status, text) = try await scenario.diagnose()
        #expect(status == .code(2))
        #expect(text.contains("HC102  the server refuses our own address with error 1129: 127.0.0.2"))
        #expect(text.contains("SET GLOBAL max_connect_errors = 5000;"))
        #expect(text.contains(scenario.flush))
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a session outlives the block of its own address, and ends it`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            try await scenario.behindBalancer { port in
                let daemon = try await scenario.daemon(through: port, keys: Scenario.flushOnly)
                try await waitUntil("the daemon has looked at the server") {
                    daemon.metric(Self.isUp) == 1
                }
                // Else it would flush before the address is blocked.
                daemon.freeze()
                try await scenario.block()
                daemon.thaw()
                try await waitUntil("the address can log in again") {
                    await scenario.login() == nil
                }
                #expect(daemon.metric(Self.isUp) == 1)
                #expect(daemon.metric(Self.refusals) == 0)
                try await daemon.stop()
                #expect(Set(try scenario.changes()) == [scenario.flush])
                #expect(daemon.log.filter { $0.contains("refuses our own address") } == [])
                let connects = try scenario.server.generalLog().filter { $0.contains("Connect\thostcached@") }
                #expect(connects.count == 1)
            }
        }
    }

    private static let isUp = #"hostcached_server_up{server="orders"}"#
    private static let refusing = #"hostcached_server_own_address_blocked{server="orders"}"#
    private static let refusals =
        #"hostcached_server_check_failures_total{server="orders",reason="blocked"}"#
}
