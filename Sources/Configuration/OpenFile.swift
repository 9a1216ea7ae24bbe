internal import Glibc

/// A file open for reading, closed at the end of its life.
struct OpenFile: ~Copyable {
    private let descriptor: Int32

    deinit {
        // Nothing was written, so nothing is lost when this fails.
        _ = close(descriptor)
    }

    /// Opens `path`, links followed.
    ///
    /// May block on what is not a regular file.
    static func open(_ path: String) throws(FileFailure) -> OpenFile {
        // Past a NUL the C library would see another, shorter path.
        guard !path.utf8.contains(0) else { throw FileFailure(code: EINVAL) }
        while true {
            let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
            if descriptor >= 0 {
                return OpenFile(descriptor: descriptor)
            }
            let code = errno
            guard code == EINTR else { throw FileFailure(code: code) }
        }
    }

    /// Type and permission bits, as in inode(7).
    borrowing func mode() throws(FileFailure) -> UInt32 {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure(code: errno) }
        return status.st_mode
    }

    /// Everything up to the end.
    ///
    /// More than `limit` bytes fail as EFBIG.
    borrowing func contents(limit: Int) throws(FileFailure) -> [UInt8] {
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0 {
                let code = errno
                guard code == EINTR else { throw FileFailure(code: code) }
                continue
            }
            guard count > 0 else { return contents }
            contents += chunk[..<count]
            guard contents.count <= limit else { throw FileFailure(code: EFBIG) }
        }
    }
}
