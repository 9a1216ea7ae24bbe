import Glibc

extension Folder {
    /// Makes a folder and those above it; does nothing for one that exists.
    ///
    /// Blocks.
    static func make(_ path: String, mode: mode_t) throws(FileError) {
        guard try !create(path, mode: mode) else { return }
        let parent = split(path).folder
        guard parent != "./", parent != "/" else {
            throw FileError(operation: .makeFolder, path: path, code: ENOENT)
        }
        try make(String(parent.dropLast()), mode: mode)
        guard try create(path, mode: mode) else {
            throw FileError(operation: .makeFolder, path: path, code: ENOENT)
        }
    }

    /// Whether the folder is there now; false when the one above it is missing.
    private static func create(_ path: String, mode: mode_t) throws(FileError) -> Bool {
        if mkdir(path, mode) == 0 {
            // The umask may have taken bits away: node_exporter reads the metrics as another user.
            chmod(path, mode)
            return true
        }
        switch errno {
        case EEXIST: return true
        case ENOENT: return false
        case let code: throw FileError(operation: .makeFolder, path: path, code: code)
        }
    }
}
