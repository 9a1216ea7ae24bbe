import Glibc

/// Moves a file that has become full aside: `audit.jsonl` to `audit.jsonl.1`, that one to `audit.jsonl.2`.
enum FileRotation {
    /// Makes room for a new file at `path`.
    ///
    /// Each step is one rename(2), the oldest first, so a crash in between leaves a gap in the numbers and loses
    /// nothing but the oldest file. Blocks until the folder is on disk.
    ///
    /// - Parameters:
    ///   - path: The full file.
    ///   - count: How many files stay beside it, above 0; the oldest beyond that is replaced.
    /// - Throws: `FileError`; the full file is then at `path` as before, or already aside.
    static func rotate(_ path: String, keeping count: Int) throws(FileError) {
        for number in stride(from: count - 1, to: 0, by: -1) {
            try move("\(path).\(number)", to: "\(path).\(number + 1)", mayBeMissing: true)
        }
        try move(path, to: "\(path).1", mayBeMissing: false)
        try Folder.holding(path).synchronize()
    }

    /// The size of a file in bytes, 0 where there is none.
    static func size(of path: String) throws(FileError) -> Int {
        do throws(FileError) {
            return try Descriptor.open(path, O_RDONLY).size()
        } catch {
            guard error.isMissing else { throw error }
            return 0
        }
    }

    private static func move(_ path: String, to newPath: String, mayBeMissing: Bool) throws(FileError) {
        guard rename(path, newPath) != 0 else { return }
        let code = errno
        guard mayBeMissing, code == ENOENT else {
            throw FileError(operation: .rotate, path: path, code: code)
        }
    }
}
