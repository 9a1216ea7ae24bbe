import Daemon
import Glibc
import Testing

@Suite struct FileLockTests {
    private let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    @Test func `a second process is told who holds the lock`() throws {
        let path = folder("lock")
        let lock = try FileLock.acquire(path, processID: 4_711)
        let error = #expect(throws: FileLockError.self) { _ = try FileLock.acquire(path, processID: 4_712) }
        #expect(error == .held(path: path, processID: 4_711))
        #expect(
            error.map { "\($0)" }
                == "another hostcached (process 4711) uses this state directory and holds \(path); stop it, or "
                + "give this one another state_directory (to find it: systemctl status hostcached, or fuser "
                + "\(path))"
        )
        withExtendedLifetime(lock) {}
    }

    @Test func `a lock that was let go can be taken again`() throws {
        let path = folder("lock")
        try hold(path, processID: 123_456)
        let lock = try FileLock.acquire(path, processID: 7)
        #expect(try File.read(path, limit: 64) == Array("7\n".utf8))
        withExtendedLifetime(lock) {}
    }

    @Test func `a lock file that does not name its holder is held all the same`() throws {
        let path = folder("lock")
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0 && flock(descriptor, LOCK_EX) == 0)
        defer { close(descriptor) }
        #expect(throws: FileLockError.held(path: path, processID: nil)) {
            _ = try FileLock.acquire(path, processID: 7)
        }
    }

    @Test func `a lock dies with its process`() async throws {
        let path: String = folder("lock")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let lock = try FileLock.acquire(path, processID: getpid())
            kill(getpid(), SIGKILL)
            withExtendedLifetime(lock) {}
        }
        let lock = try FileLock.acquire(path, processID: 7)
        #expect(try File.read(path, limit: 64) == Array("7\n".utf8))
        withExtendedLifetime(lock) {}
    }

    @Test func `a full disk does not keep anybody from taking it`() throws {
        // Takes the lock, and ENOSPC is all it says to a write (full(4)).
        let lock = try FileLock.acquire("/dev/full", processID: 7)
        withExtendedLifetime(lock) {}
    }

    @Test func `a missing folder is the file's error`() {
        let path = folder("missing/lock")
        #expect(throws: FileLockError.file(FileError(operation: .open, path: path, code: ENOENT))) {
            _ = try FileLock.acquire(path, processID: 7)
        }
    }

    private func hold(_ path: String, processID: pid_t) throws {
        let lock = try FileLock.acquire(path, processID: processID)
        withExtendedLifetime(lock) {}
    }
}
