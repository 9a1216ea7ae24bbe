import Glibc
import Synchronization

/// A process started by the tests, killed when they end, however they end.
package final class ChildProcess: Sendable {
    /// How a process ended.
    package enum Exit: Hashable, Sendable {
        /// It returned this exit code.
        case code(Int32)
        /// It was ended by this signal.
        case signal(Int32)
    }

    /// The process id; also of the program itself, since every wrapper in front of it is replaced by it.
    package let pid: Int32

    private let name: String
    private let output: CapturedOutput
    private let errors: CapturedOutput
    private let exit = Mutex<Exit?>(nil)

    private init(name: String, pid: Int32, output: CapturedOutput, errors: CapturedOutput) {
        self.name = name
        self.pid = pid
        self.output = output
        self.errors = errors
    }

    deinit {
        signal(SIGKILL)
        reapKilled()
    }

    /// Starts `executable`, a path or a name in `/usr/sbin:/usr/bin:/sbin:/bin`.
    ///
    /// The child's environment is `environment` and that `PATH`, nothing of this process. Its input is
    /// empty. A program that is not there ends with code 127, as in a shell.
    ///
    /// Throws ``ChildProcessError`` when no process can be made.
    package static func start(
        _ executable: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:]
    ) async throws -> ChildProcess {
        let output = try CapturedOutput()
        let errors = try CapturedOutput()
        let path = ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
        let pid = try await Spawner.shared.spawn(
            [executable] + arguments,
            environment: path.merging(environment) { _, own in own },
            output: output,
            errors: errors
        )
        return ChildProcess(name: executable, pid: pid, output: output, errors: errors)
    }

    /// Everything written to standard output so far.
    package var standardOutput: String { output.text }

    /// Everything written to standard error so far.
    package var standardError: String { errors.text }

    /// How the process ended, nil while it runs.
    ///
    /// Never blocks.
    package var exitStatus: Exit? {
        exit.withLock { exit in
            if exit == nil {
                exit = awaitExit(WNOHANG)
            }
            return exit
        }
    }

    /// Waits for the end of the process.
    ///
    /// Throws ``ChildProcessError`` with the process's last words after `limit`; the process then goes on.
    @discardableResult
    package func wait(upTo limit: Duration = .seconds(60)) async throws -> Exit {
        let end = ContinuousClock.now + limit
        var pause = Duration.milliseconds(1)
        while true {
            if let status = exitStatus {
                return status
            }
            guard ContinuousClock.now < end else {
                throw ChildProcessError(
                    "\(name) (process \(pid)) has not ended within \(limit); it said: \(standardError.suffix(500))"
                )
            }
            try await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(20))
        }
    }

    /// Sends a signal; does nothing when the process has ended.
    package func signal(_ number: Int32) {
        exit.withLock { exit in
            // Until it has been waited for, its id cannot belong to another process.
            if exit == nil {
                Glibc.kill(pid, number)
            }
        }
    }

    /// Ends the process at once and waits until it is gone, also in a cancelled task.
    package func kill() async {
        signal(SIGKILL)
        await Spawner.shared.reap(self)
    }

    /// Memory of its own (`RssAnon` of proc(5)), in bytes; nil when the process has ended.
    ///
    /// Pages of programs and libraries, which others share, are left out: a debug build has many.
    package var privateBytes: Int? {
        guard let status = TextFile.read("/proc/\(pid)/status") else { return nil }
        for line in status.split(separator: "\n") where line.hasPrefix("RssAnon:") {
            return line.split { $0 == " " || $0 == "\t" }.dropFirst().first.flatMap { Int($0) }.map {
                $0 * 1024
            }
        }
        return nil
    }

    /// Waits for a process that has been sent `SIGKILL`.
    ///
    /// Blocks, for milliseconds.
    func reapKilled() {
        exit.withLock { exit in
            if exit == nil {
                exit = awaitExit(0)
            }
        }
    }

    private func awaitExit(_ options: Int32) -> Exit? {
        var status: Int32 = 0
        while true {
            let ended = waitpid(pid, &status, options)
            if ended == pid { break }
            guard ended == -1, errno == EINTR else { return nil }
        }
        // WIFEXITED and WTERMSIG of wait(2), macros that Swift does not import.
        let signal = status & 0x7f
        return signal == 0 ? .code((status >> 8) & 0xff) : .signal(signal)
    }
}

extension ChildProcess {
    /// Runs a program to its end and returns what it wrote to standard output.
    ///
    /// Throws ``ChildProcessError`` with its standard error when it ends with anything but code 0, or, killed,
    /// after `limit`.
    package static func run(
        _ executable: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        upTo limit: Duration = .seconds(120)
    ) async throws -> String {
        let process = try await start(executable, arguments, environment: environment)
        let status = try await process.wait(upTo: limit)
        guard status == .code(0) else {
            throw ChildProcessError(
                "\(executable) ended with \(status): \(process.standardError.suffix(2000))"
            )
        }
        return process.standardOutput
    }
}
