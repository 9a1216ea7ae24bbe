import Glibc

extension Folder {
    /// Makes a folder and those above it; does nothing for one that exists.
    ///
    /// Blocks.
    static func make(_ path: String, mode: mode_t) throws(FileError) {
        guard mkdir(path, mode) != 0, errno != EEXIST else { return }
        guard errno == ENOENT, split(path).folder != "./", split(path).folder != "/" else {
            throw FileError(operation: .makeFolder, path: path, code: errno)
        }
        try make(String(split(path).folder.dropLast()), mode: mode)
        guard mkdir(path, mode) == 0 || errno == EEXIST else {
            throw FileError(operation: .makeFolder, path: path, code: errno)
        }
    }
}
