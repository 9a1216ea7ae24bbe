import Glibc
import TestSupport
import TestTraits
import Testing

/// A MySQL that cannot write down what `SET PERSIST` sets.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct PersistTests {
    @Test func `a limit that is raised and could not be persisted is told as just that`() async throws {
        try await Scenario.with(.mysql) { scenario in
            // Where the server writes first: a folder that is not empty is nothing to write or to remove.
            let folder = try await scenario.server.sql("SELECT @@datadir") + "mysqld-auto.cnf.backup"
            for path in [folder, folder + "/in-the-way"] { try #require(mkdir(path, 0o755) == 0) }
            let daemon = try await scenario.daemon(keys: [#"check_interval = "1s""#])
            try await waitUntil("the limit is raised") {
                try await scenario.server.sql("SELECT @@max_connect_errors") == "5000"
            }
            try await waitUntil("that is logged") {
                daemon.log.contains { $0.contains("max_connect_errors raised, and not persisted") }
            }
            let changes = #"hostcached_settings_changes_total{server="orders",setting="max_connect_errors"}"#
            try await waitUntil("it counts as a change") { daemon.metric(changes) == 1 }
            let (status, text) = try await scenario.diagnose()
            try await daemon.stop()
            #expect(status == .code(0))
            #expect(text.contains("HC205  max_connect_errors was raised while the server ran"), "\(text)")
            #expect(daemon.log.filter { $0.contains("could not be raised") } == [])
            #expect(daemon.state?.contains(#""original_limit" : 100"#) == true)
        }
    }
}
