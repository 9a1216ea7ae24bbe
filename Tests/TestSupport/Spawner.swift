import FoundationEssentials
import Glibc

/// Starts and reaps every child process, on one thread that lives as long as this process.
///
/// `PR_SET_PDEATHSIG`: "the 'parent' in this case is considered to be the thread that created this process"
/// (prctl(2)), so a child started from a pool thread would be killed when that thread ends.
actor Spawner {
    static let shared = Spawner()

    private let executor = ThreadExecutor()

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Starts `command`, found through `PATH` of `environment`, with the two files as its output.
    ///
    /// The child gets no other open file, the default handling of every signal, and `SIGKILL` when this
    /// process dies, by setpriv(1) of util-linux, which is in every Debian.
    ///
    /// Throws ``ChildProcessError`` when the process cannot be made.
    func spawn(
        _ command: [String],
        environment: [String: String],
        output: CapturedOutput,
        errors: CapturedOutput
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output.descriptor, 1)
        posix_spawn_file_actions_adddup2(&actions, errors.descriptor, 2)
        // posix_spawn_file_actions_addclosefrom_np is not imported. One that is closed meanwhile does no harm:
        // glibc's posix_spawn reports only descriptors out of range.
        for descriptor in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
            if let number = Int32(descriptor), number > 2 {
                posix_spawn_file_actions_addclose(&actions, number)
            }
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var everySignal = sigset_t()
        sigfillset(&everySignal)
        var noSignal = sigset_t()
        sigemptyset(&noSignal)
        posix_spawnattr_setsigdefault(&attributes, &everySignal)
        posix_spawnattr_setsigmask(&attributes, &noSignal)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

        let arguments = (["setpriv", "--pdeathsig", "KILL"] + command).map { strdup($0) } + [nil]
        let variables = environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for text in arguments + variables { free(text) }
        }
        var pid: pid_t = 0
        let failure = posix_spawn(&pid, "/usr/bin/setpriv", &actions, &attributes, arguments, variables)
        guard failure == 0 else {
            throw ChildProcessError(
                "\(command.first ?? ""): cannot start /usr/bin/setpriv: \(String(cString: strerror(failure)))"
            )
        }
        return pid
    }

    /// Waits for a child that has been sent `SIGKILL`.
    ///
    /// Blocks this actor's thread, for milliseconds.
    func reap(_ child: ChildProcess) {
        child.reapKilled()
    }
}
