import FoundationEssentials

/// Names and their addresses as some processes of a test see them, in place of the machine's `/etc/hosts`.
package struct HostsFile: Sendable {
    private let path: String

    /// Writes it into `folder`; throws what the file system says.
    package init(_ lines: [String], in folder: TemporaryFolder) throws {
        path = folder.file("hosts")
        try set(lines)
    }

    /// Changes what the names stand for; the processes see it at their next question.
    ///
    /// The file stays the same, since it is mounted.
    package func set(_ lines: [String]) throws {
        try (lines.joined(separator: "\n") + "\n").write(toFile: path, atomically: false, encoding: .utf8)
    }

    /// The words to put in front of a program: it gets a mount namespace and replaces them, so the process id is its.
    package var command: [String] {
        [
            "unshare", "--mount", "--propagation", "private", "sh", "-ec",
            "mount --bind \"$0\" /etc/hosts && exec \"$@\"", path,
        ]
    }
}
