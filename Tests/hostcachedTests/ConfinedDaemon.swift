import Glibc
import TestSupport
import Testing

/// The built daemon with file systems of its own for state and metrics, so that these can be full or read-only.
///
/// They live in its own mount namespace and are gone with it.
struct ConfinedDaemon {
    private let process: ChildProcess
    private let folder: TemporaryFolder

    /// Two file systems in memory, that of the state small enough to be filled.
    private static let small = """
        mount -t tmpfs -o size=256k tmpfs "$1/state"
        mount -t tmpfs -o size=1m tmpfs "$1/metrics"
        """

    /// Starts it on the configuration that stands in `folder`.
    ///
    /// - Parameters:
    ///   - folder: Where the configuration is, and `state` and `metrics` will be.
    ///   - mounts: Shell commands that mount both, with the folder as `$1`; nil for two small ones.
    /// - Returns: The daemon.
    /// - Throws: What starting a process throws.
    static func start(in folder: TemporaryFolder, mounts: String? = nil) async throws -> ConfinedDaemon {
        let script = """
            mkdir -p "$1/state" "$1/metrics"
            \(mounts ?? small)
            exec "$2" run --config "$1/hostcached.toml"
            """
        return ConfinedDaemon(
            process: try await ChildProcess.start(
                "unshare",
                [
                    "--mount", "--propagation", "private", "sh", "-ec", script, "sh", folder.path,
                    BuiltProduct.hostcached,
                ]
            ),
            folder: folder
        )
    }

    /// Skips the running test, with the reason, where no file system can be mounted.
    static func skipUnlessPossible() async throws {
        let mount = try await ChildProcess.start(
            "unshare",
            ["--mount", "--propagation", "private", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        )
        guard try await mount.wait() != .code(0) else { return }
        let reason =
            "NO MOUNTS here, so full and hanging disks are not tested: run as root, outside of a closed container"
        Issue.record("\(reason)", severity: .warning)
        try Test.cancel("\(reason)")
    }

    /// Every line of the log so far.
    var log: [String] { process.standardError.split(separator: "\n").map(String.init) }

    /// The lines of the audit that are on the disk.
    var audit: [Substring] { text("state/audit.jsonl").split(separator: "\n") }

    /// The value of a series as it stands in the file.
    func metric(_ series: String) -> Double? {
        text("metrics/hostcached.prom").split(separator: "\n").first { $0.hasPrefix(series + " ") }
            .flatMap { Double($0.dropFirst(series.count + 1)) }
    }

    /// Fills the state's file system to its last byte.
    func fillDisk() async throws {
        let full = try await ChildProcess.start("sh", ["-c", "cat /dev/zero > \(inside("state/filler"))"])
        // It ends with "No space left on device".
        #expect(try await full.wait() == .code(1))
    }

    /// Makes room again.
    func freeDisk() {
        unlink(inside("state/filler"))
    }

    /// Makes the metrics' file system read-only, or writable again.
    func remountMetrics(_ option: String) async throws {
        try await run("mount", "-o", "remount,\(option)", folder.file("metrics"))
    }

    /// Runs a command that sees its file systems.
    func run(_ command: String...) async throws {
        _ = try await ChildProcess.run("nsenter", ["--target", "\(process.pid)", "--mount"] + command)
    }

    /// Sends SIGTERM and waits for the end.
    func stop() async throws -> ChildProcess.Exit {
        process.signal(SIGTERM)
        return try await process.wait(upTo: .seconds(40))
    }

    /// The path of one of its files, as seen from outside of its namespace.
    private func inside(_ name: String) -> String { "/proc/\(process.pid)/root\(folder.file(name))" }

    private func text(_ name: String) -> String { TextFile.read(inside(name)) ?? "" }
}
