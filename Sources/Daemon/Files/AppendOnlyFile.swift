package import Glibc
import Synchronization

/// A file of lines to which lines are only added, such as the audit.
///
/// Safe from many threads; several processes may add to the same file. It is opened for each line, so a
/// file that was moved away (logrotate) is made anew. A reader skips an unfinished line and an empty one:
/// the first is left by a crash or a full disk, the second may be by two processes that write at once.
package final class AppendOnlyFile: Sendable {
    private let path: String
    private let mode: mode_t
    /// Keeps a thread from taking the half-written line of another for an unfinished one.
    private let turn = Mutex(())

    /// Makes the file when it is missing, so that a wrong path shows at start.
    ///
    /// Blocks.
    ///
    /// - Parameters:
    ///   - path: The file; its folder must be there.
    ///   - mode: The permission bits of a new file, exactly: the umask takes none away. The mode of an
    ///     existing file stays.
    /// - Throws: `FileError`.
    package init(path: String, mode: mode_t) throws(FileError) {
        self.path = path
        self.mode = mode
        _ = try Self.open(path, mode: mode)
    }

    /// Adds a line and waits until it is on disk.
    ///
    /// A last line without its newline gets one first, in the same write.
    ///
    /// - Parameter line: The text without a newline; with one it is refused (EINVAL).
    /// - Throws: `FileError`; a part of the line may be in the file, to be closed by the next.
    package func append(_ line: String) throws(FileError) {
        guard !line.utf8.contains(Self.newline) else {
            throw FileError(operation: .write, path: path, code: EINVAL)
        }
        try turn.withLock { _ throws(FileError) in
            let file = try Self.open(path, mode: mode)
            let size = try file.size()
            let isTorn = size > 0 ? try file.read(1, at: size - 1) != [Self.newline] : false
            try file.write((isTorn ? [Self.newline] : []) + Array(line.utf8) + [Self.newline])
            try file.synchronize()
        }
    }

    private static let newline = UInt8(ascii: "\n")

    private static func open(_ path: String, mode: mode_t) throws(FileError) -> Descriptor {
        do throws(FileError) {
            let made = try Descriptor.open(
                path,
                O_RDWR | O_APPEND | O_CREAT | O_EXCL,
                mode: S_IRUSR | S_IWUSR
            )
            try made.setMode(mode)
            try Folder.holding(path).synchronize()
            return made
        } catch  where error.code == EEXIST {
            return try Descriptor.open(path, O_RDWR | O_APPEND)
        }
    }
}
