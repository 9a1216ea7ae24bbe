import Glibc
import Testing

/// A new folder for one test, removed with all its files when the test is over.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/hostcached-files.XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        for name in names {
            _ = unlink("\(path)/\(name)")
            _ = rmdir("\(path)/\(name)")
        }
        _ = rmdir(path)
    }

    /// The path of a file in the folder.
    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    /// What lies in the folder, hidden files too, in order.
    var names: [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The permission bits of a file in the folder, nil when it is missing.
    func mode(of name: String) -> mode_t? {
        var status = stat()
        return stat(self(name), &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    /// The file number (inode) of a file in the folder, nil when it is missing.
    func identity(of name: String) -> ino_t? {
        var status = stat()
        return stat(self(name), &status) == 0 ? status.st_ino : nil
    }
}
