import TestSupport
import TestTraits
import Testing

/// A disk that takes nothing more.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct DiskTests {
    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `with a full disk and read-only metrics a server stays protected, which is said once`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await ConfinedDaemon.skipUnlessPossible()
        try await Scenario.with(kind) { scenario in
            try DaemonProcess.writeConfiguration(
                forPort: scenario.server.port,
                mode: "enforce",
                keys: (Scenario.flushOnly + ["flush_at = 0.1"]).joined(separator: "\n"),
                in: scenario.folder
            )
            let daemon = try await ConfinedDaemon.start(in: scenario.folder)
            try await waitUntil("the daemon has looked at the server") {
                daemon.metric(#"hostcached_server_up{server="orders"}"#) == 1
            }
            let load = Task { await scenario.load(12, for: .seconds(240)) }
            defer { load.cancel() }
            try await waitUntil("a flush is in the audit") { !daemon.audit.isEmpty }

            try await daemon.fillDisk()
            try await daemon.remountMetrics("ro")
            // The audit's last block has room for some lines more.
            for failure in Self.failures {
                try await waitUntil("\(failure)") { count(failure, in: daemon) == 1 }
            }
            let before = try scenario.changes().count
            try await waitUntil("three flushes with a full disk") {
                try scenario.changes().count >= before + 3
            }

            daemon.freeDisk()
            try await daemon.remountMetrics("rw")
            for recovery in Self.recoveries {
                try await waitUntil("\(recovery)") { count(recovery, in: daemon) == 1 }
            }
            let lines = daemon.audit.count
            try await waitUntil("the audit goes on") { daemon.audit.count > lines }
            let sent = try Double(scenario.changes().count)
            try await waitUntil("the metrics have every flush") {
                daemon.metric(#"hostcached_flushes_total{server="orders",trigger="budget"}"#) ?? 0 >= sent
            }
            #expect(try await daemon.stop() == .code(0))

            load.cancel()
            #expect(await load.value.refused1129 == [])
            for line in Self.failures + Self.recoveries { #expect(count(line, in: daemon) == 1) }
        }
    }

    /// Words of one line each.
    private static let failures = [
        ["records cannot be written, servers are protected all the same", "record=audit"],
        ["records cannot be written, servers are protected all the same", "record=state"],
        ["metrics file cannot be written, servers are protected all the same"],
    ]
    private static let recoveries = [
        ["records can be written again", "record=audit"], ["records can be written again", "record=state"],
        ["metrics file can be written again"],
    ]

    /// How many lines of the log have all the words.
    private func count(_ words: [String], in daemon: ConfinedDaemon) -> Int {
        daemon.log.count { line in words.allSatisfy { line.contains($0) } }
    }
}
