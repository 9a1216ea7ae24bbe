import Glibc

extension File {
    /// Renames a file within its folder; blocks.
    package static func rename(_ path: String, to newPath: String) throws(FileError) {
        guard Glibc.rename(path, newPath) == 0 else {
            throw FileError(operation: .rename, path: newPath, code: errno)
        }
    }

    /// Removes a file; blocks.
    package static func remove(_ path: String) throws(FileError) {
        guard unlink(path) == 0 else {
            throw FileError(operation: .remove, path: path, code: errno)
        }
    }
}
