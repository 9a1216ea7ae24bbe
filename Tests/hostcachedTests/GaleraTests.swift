import Glibc
import TestSupport
import TestTraits
import Testing

/// A real Galera node: a cluster of one.
@Suite(.tags(.server), .timeLimit(.minutes(5)))
struct GaleraTests {
    private static let provider = "/usr/lib/galera/libgalera_smm.so"

    private static var options: [String] {
        [
            "--wsrep-on=ON", "--wsrep-provider=\(provider)", "--wsrep-cluster-address=gcomm://",
            "--wsrep-node-address=127.0.0.1", "--wsrep-sst-method=rsync", "--binlog-format=ROW",
            "--innodb-autoinc-lock-mode=2",
            "--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:\(freePort());"
                + "ist.recv_addr=127.0.0.1:\(freePort());gcache.size=1M",
        ]
    }

    @Test func `a node is flushed under the node's own lock, and no other node hears of it`() async throws {
        // It comes with the distribution: in CI its absence is a failure.
        guard access(Self.provider, R_OK) == 0 || getenv("CI") != nil else {
            let reason = "NO GALERA on this machine, so this is not tested: run .ci/install test"
            Issue.record("\(reason)", severity: .warning)
            try Test.cancel("\(reason)")
        }
        try await Scenario.with(.mariadb, options: Self.options) { scenario in
            let committed = "SHOW GLOBAL STATUS LIKE 'wsrep_last_committed'"
            #expect(try await scenario.server.sql("SELECT @@wsrep_on") == "1")
            // Allowed, so that only what it is keeps it from being sent.
            _ = try await scenario.server.sql(
                "GRANT DROP ON performance_schema.host_cache TO 'hostcached'@'%'"
            )
            try await scenario.block()
            let before = try await scenario.server.sql(committed)
            let daemon = try await scenario.daemon(keys: [
                #"raise_with = "never""#, #"flush_with = "truncate""#,
            ])
            try await waitUntil("the blocked host can log in") { await scenario.login() == nil }
            try await waitUntil("it holds the lock") {
                daemon.metric(#"hostcached_leader{server="orders"}"#) == 1
            }
            try await daemon.stop()
            try scenario.expectChanges([scenario.flush])
            #expect(try await scenario.server.sql(committed) == before)
            // What makes the line above able to fail.
            _ = try await scenario.server.sql("FLUSH HOSTS")
            #expect(try await scenario.server.sql(committed) != before)
        }
    }
}
