import Glibc

/// The folder that a file lies in, opened so that a new entry can be made to survive a power cut.
struct Folder: ~Copyable {
    private let descriptor: Descriptor

    /// Opens the folder of `path`; the working directory when the path has no slash.
    static func holding(_ path: String) throws(FileError) -> Folder {
        Folder(
            descriptor: try .open(split(path).folder, O_RDONLY | O_DIRECTORY, as: .openFolder, named: path)
        )
    }

    /// Waits until the folder's entries are on disk.
    borrowing func synchronize() throws(FileError) {
        try descriptor.synchronize(as: .synchronizeFolder)
    }

    /// The folder of a path, with its slash (or `./`), and the name in it.
    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return ("./", path) }
        return (String(path[...slash]), String(path[path.utf8.index(after: slash)...]))
    }
}
