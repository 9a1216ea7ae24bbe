import Glibc

/// Runs `promtool check metrics`, the linter of the Debian package `prometheus`.
package enum Promtool {
    /// What promtool said.
    package struct Outcome: Hashable, Sendable {
        package let exitCode: Int32
        package let output: String

        package init(exitCode: Int32, output: String) {
            self.exitCode = exitCode
            self.output = output
        }

        /// Nothing to complain about.
        package static let clean = Outcome(exitCode: 0, output: "")
    }

    private static let path = "/usr/bin/promtool"

    /// Whether the test can run; in CI always, so that a missing tool fails there instead of skipping.
    package static var isExpected: Bool {
        access(path, X_OK) == 0 || getenv("CI").map { String(cString: $0) } == "true"
    }

    /// Checks one file's text and returns everything promtool said.
    ///
    /// Throws ``ChildProcessError`` when it cannot be run.
    package static func check(_ text: String) throws -> Outcome {
        let input = try scratchFile(containing: text)
        let output = try scratchFile(containing: "")
        defer {
            close(input)
            close(output)
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO)
        var arguments: [UnsafeMutablePointer<CChar>?] = [
            strdup("promtool"), strdup("check"), strdup("metrics"), nil,
        ]
        defer {
            for argument in arguments {
                free(argument)
            }
        }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var child: pid_t = 0
        let spawned = posix_spawn(&child, path, &actions, nil, &arguments, &environment)
        guard spawned == 0 else {
            throw ChildProcessError("promtool does not start: \(String(cString: strerror(spawned)))")
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0 {
            guard errno == EINTR else {
                throw ChildProcessError("promtool is gone: \(String(cString: strerror(errno)))")
            }
        }
        return Outcome(exitCode: (status >> 8) & 0xff, output: contents(of: output))
    }

    /// An open file without a name, read from its beginning.
    private static func scratchFile(containing text: String) throws -> Int32 {
        var template = Array("/tmp/hostcached-promtool.XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        guard descriptor >= 0 else { throw ChildProcessError("no file can be made in /tmp") }
        unlink(template)
        let bytes = Array(text.utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count else {
            throw ChildProcessError("a file in /tmp cannot be written")
        }
        lseek(descriptor, 0, SEEK_SET)
        return descriptor
    }

    private static func contents(of descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }
}
