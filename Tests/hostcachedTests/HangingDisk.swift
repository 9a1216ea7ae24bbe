import Glibc
import TestSupport
import Testing

/// A file system that can be made to hang, and to answer again.
enum HangingDisk: CaseIterable {
    /// FUSE, whose program is stopped: nothing answers, not even a look at a name.
    case fuse
    /// ext4 on a loop device that is frozen: reading goes on, whoever writes waits, and cannot be killed.
    case frozen

    /// Mounts `state`, and the metrics in a folder of it.
    var mounts: String {
        let mount =
            switch self {
            case .fuse:
                """
                mkdir -p "$1/disk"
                bindfs -f --no-allow-other "$1/disk" "$1/state" &
                echo $! > "$1/fuse.pid"
                until mountpoint -q "$1/state"; do sleep 0.05; done
                """
            case .frozen:
                """
                truncate --size=16M "$1/disk"
                mkfs.ext4 -q "$1/disk"
                mount -o loop "$1/disk" "$1/state"
                """
            }
        return """
            \(mount)
            mkdir -p "$1/state/metrics"
            mount --bind "$1/state/metrics" "$1/metrics"
            """
    }

    /// The same, hanging before the daemon starts.
    var mountsHanging: String {
        switch self {
        case .fuse: "\(mounts)\nkill -STOP $(cat \"$1/fuse.pid\")"
        case .frozen: "\(mounts)\nfsfreeze --freeze \"$1/state\""
        }
    }

    /// Lets it hang.
    func hang(_ daemon: ConfinedDaemon, in folder: TemporaryFolder) async throws {
        switch self {
        case .fuse: try signal(SIGSTOP, in: folder)
        case .frozen: try await daemon.run("fsfreeze", "--freeze", folder.file("state"))
        }
    }

    /// Lets it answer again.
    func answer(_ daemon: ConfinedDaemon, in folder: TemporaryFolder) async throws {
        switch self {
        case .fuse: try signal(SIGCONT, in: folder)
        case .frozen: try await daemon.run("fsfreeze", "--unfreeze", folder.file("state"))
        }
    }

    /// Ends what it took; to be called once it answers.
    func end(in folder: TemporaryFolder) throws {
        if self == .fuse { try signal(SIGTERM, in: folder) }
    }

    private func signal(_ number: Int32, in folder: TemporaryFolder) throws {
        let text = (TextFile.read(folder.file("fuse.pid")) ?? "").filter { $0 != "\n" }
        kill(try #require(pid_t(text)), number)
    }

    /// Skips the running test, with the reason, where it cannot be had.
    func skipUnlessPossible() async throws {
        try await ConfinedDaemon.skipUnlessPossible()
        let (command, what) =
            switch self {
            case .fuse: ("command -v bindfs && test -c /dev/fuse", "FUSE (package bindfs, /dev/fuse)")
            case .frozen: ("losetup --find && command -v fsfreeze mkfs.ext4", "LOOP DEVICES")
            }
        guard try await ChildProcess.start("sh", ["-c", command]).wait() != .code(0) else { return }
        let reason = "NO \(what) here, so a disk that hangs in this way is not tested"
        Issue.record("\(reason)", severity: .warning)
        try Test.cancel("\(reason)")
    }
}
