import TestSupport
import TestTraits
import Testing

/// A disk that does not answer, under state, audit and metrics.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct HangingDiskTests {
    private static let keys = Scenario.flushOnly + ["flush_at = 0.9"]

    @Test(arguments: HangingDisk.allCases)
    func `a blocked address is let in while the disk hangs, and the log has what was done`(
        _ disk: HangingDisk
    ) async throws {
        try await Self.with(disk, mounts: disk.mounts) { scenario, daemon in
            try await waitUntil("the daemon has looked at the server") {
                daemon.metric(#"hostcached_server_up{server="orders"}"#) == 1
            }
            try await disk.hang(daemon, in: scenario.folder)
            try await Self.isFreed(scenario, daemon, by: disk)
            for record in ["audit", "state"] {
                let words = ["records cannot be written", "has not answered for 1 s", "record=\(record)"]
                try await waitUntil("\(words)") { count(words, in: daemon) == 1 }
            }
            try await waitUntil("the metrics are missed") {
                count(["metrics file cannot be written", "has not answered for 10 s"], in: daemon) == 1
            }
            // Nobody waits any more.
            try await Self.isFreed(scenario, daemon, by: disk)
            try await waitUntil("the log has both flushes") { count(["host cache flushed"], in: daemon) >= 2 }
            let flushes = count(["host cache flushed"], in: daemon)

            try await disk.answer(daemon, in: scenario.folder)
            for what in ["record=audit", "record=state"] {
                try await waitUntil(what) {
                    // The audit is written at the next deed.
                    if what == "record=audit" { try await Self.isFreed(scenario, daemon, by: disk) }
                    return count(["records can be written again", what], in: daemon) == 1
                }
            }
            try await waitUntil("the metrics go on") {
                count(["metrics file can be written again"], in: daemon) == 1
            }
            try await waitUntil("the audit has what waited") {
                daemon.audit.count { $0.contains(#""phase":"outcome""#) } > flushes
            }
        }
    }

    @Test(arguments: HangingDisk.allCases)
    func `a disk that hangs at the start delays protection, and does not prevent it`(
        _ disk: HangingDisk
    ) async throws {
        try await Self.with(disk, mounts: disk.mountsHanging) { scenario, daemon in
            let words = ["the state directory does not answer, starting without history"]
            try await waitUntil("it says so") { count(words, in: daemon) == 1 }
            try await Self.isFreed(scenario, daemon, by: disk)
            try await disk.answer(daemon, in: scenario.folder)
            try await waitUntil("the state is taken in") {
                count(["the state directory answers, what it holds is taken in"], in: daemon) == 1
            }
            try await waitUntil("the audit has what waited") { daemon.audit.count >= 2 }
        }
    }

    /// Runs a daemon on a MariaDB and that disk, which answers at the end whatever happens.
    private static func with(
        _ disk: HangingDisk,
        mounts: String,
        _ body: (Scenario, ConfinedDaemon) async throws -> Void
    ) async throws {
        try await disk.skipUnlessPossible()
        try await Scenario.with(.mariadb) { scenario in
            try DaemonProcess.writeConfiguration(
                forPort: scenario.server.port,
                mode: "enforce",
                keys: keys.joined(separator: "\n"),
                in: scenario.folder
            )
            let daemon = try await ConfinedDaemon.start(in: scenario.folder, mounts: mounts)
            do {
                try await body(scenario, daemon)
            } catch {
                // It must answer before anything of it can end.
                try? await disk.answer(daemon, in: scenario.folder)
                _ = try? await daemon.stop()
                try? disk.end(in: scenario.folder)
                throw error
            }
            #expect(try await daemon.stop() == .code(0))
            try disk.end(in: scenario.folder)
        }
    }

    /// Blocks the load balancer's address and waits until it gets in again.
    private static func isFreed(
        _ scenario: Scenario,
        _ daemon: ConfinedDaemon,
        by disk: HangingDisk
    ) async throws {
        try await scenario.block()
        let begin = ContinuousClock.now
        try await waitUntil("the blocked address can log in") { await scenario.login() == nil }
        print("hanging disk (\(disk)): let in after \(ContinuousClock.now - begin)")
    }

    /// How many lines of the log have all the words.
    private func count(_ words: [String], in daemon: ConfinedDaemon) -> Int {
        daemon.log.count { line in words.allSatisfy { line.contains($0) } }
    }
}
