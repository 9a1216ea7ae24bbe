package import Glibc

/// Replaces a file whole: a reader sees the old content or the new one, never a part.
package enum AtomicFile {
    /// Writes `bytes` to a new file beside `path`, brings it to disk and renames it to `path`.
    ///
    /// The new file begins with a dot and does not end in `.prom`, so that node_exporter does not read it
    /// half written. A link at `path` is replaced itself, not what it points to. Blocks until the disk has
    /// everything.
    ///
    /// - Parameters:
    ///   - bytes: The whole new content.
    ///   - path: The file to replace or make; its folder must be there.
    ///   - mode: The permission bits that the file gets exactly: the umask takes none away.
    /// - Throws: `FileError`; `path` is then as before and nothing is left beside it. Only after
    ///   `synchronizeFolder` the new content is in place, but may not survive a power cut.
    package static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(FileError) {
        // First, so that a folder that cannot be synchronized is found before anything changes.
        let folder = try Folder.holding(path)
        let temporary = temporaryPath(for: path)
        let file = try Descriptor.open(
            temporary,
            O_WRONLY | O_CREAT | O_EXCL,
            mode: S_IRUSR | S_IWUSR,
            as: .create,
            named: path
        )
        do throws(FileError) {
            try file.write(bytes)
            try file.setMode(mode)
            try file.synchronize()
            guard rename(temporary, path) == 0 else { throw .last(.rename, path) }
        } catch {
            // The first failure is the one to report; a file that cannot be removed is harmless.
            _ = unlink(temporary)
            throw error
        }
        try folder.synchronize()
    }

    private static func temporaryPath(for path: String) -> String {
        let (folder, name) = Folder.split(path)
        // Random only to differ from what a killed process left behind: nothing depends on the number.
        return "\(folder).\(name).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
    }
}
