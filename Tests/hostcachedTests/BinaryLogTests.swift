import TestSupport
import TestTraits
import Testing

/// Nothing the daemon does reaches the binary log, so that a replica gets no errant transaction.
@Suite(.tags(.server), .timeLimit(.minutes(5)))
struct BinaryLogTests {
    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `a raise and a flush leave the binary log as it was`(_ kind: ThrowawayServer.Kind) async throws {
        let options =
            kind == .mysql
            ? ["--log-bin", "--server-id=1", "--gtid-mode=ON", "--enforce-gtid-consistency=ON"]
            : ["--log-bin", "--server-id=1"]
        let position =
            kind == .mysql
            ? "SHOW BINARY LOG STATUS; SELECT @@global.gtid_executed"
            : "SHOW MASTER STATUS; SELECT @@global.gtid_binlog_pos"
        try await Scenario.with(kind, options: options) { scenario in
            _ = try await scenario.server.sql("CREATE DATABASE app")
            let before = try await scenario.server.sql(position)
            try await scenario.block()
            let flushing = try await scenario.daemon(keys: [#"raise_with = "never""#])
            try await waitUntil("the blocked host can log in") { await scenario.login() == nil }
            try await flushing.stop()
            let raising = try await scenario.daemon()
            try await waitUntil("the limit is raised") {
                raising.metric(#"hostcached_max_connect_errors{server="orders"}"#) == 5000
            }
            try await raising.stop()

            #expect(try scenario.changes().count == 2)
            #expect(try await scenario.server.sql(position) == before)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `plain flush hosts would have reached it or is refused`(_ kind: ThrowawayServer.Kind) async throws {
        // What makes the test above able to fail.
        try await Scenario.with(kind, options: ["--log-bin", "--server-id=1"]) { scenario in
            switch kind.flavour {
            case .mariadb:
                let before = try await scenario.server.sql("SELECT @@global.gtid_binlog_pos")
                _ = try await scenario.server.sql("FLUSH HOSTS")
                let after = try await scenario.server.sql("SELECT @@global.gtid_binlog_pos")
                #expect(before != after)
            case .mysql:
                await #expect(throws: ChildProcessError.self) {
                    _ = try await scenario.server.sql("FLUSH HOSTS")
                }
            }
        }
    }
}
