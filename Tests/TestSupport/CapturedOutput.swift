import Glibc

/// A file without a name that a child process writes to and this process reads at any time.
///
/// Unlike a pipe it never fills up, so nobody has to read for the child to go on.
final class CapturedOutput: Sendable {
    let descriptor: Int32

    /// Makes an empty file.
    ///
    /// Throws ``ChildProcessError`` when no descriptor is left.
    init() throws {
        var path = Array("/tmp/hostcached-output-XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else {
            throw ChildProcessError("cannot make a file in /tmp: \(String(cString: strerror(errno)))")
        }
        unlink(path)
    }

    deinit { close(descriptor) }

    /// Everything written so far.
    var text: String {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return "" }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        // pread, because the child shares the file offset.
        let count = pread(descriptor, &bytes, bytes.count, 0)
        return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
    }
}
