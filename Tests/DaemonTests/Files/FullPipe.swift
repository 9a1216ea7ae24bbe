import Glibc
import Testing

/// A pipe in place of a file, with no room left: whoever writes to it waits, as on a disk that hangs.
final class FullPipe: Sendable {
    private let path: String
    private let descriptor: Int32

    init(_ path: String) throws {
        self.path = path
        try #require(mkfifo(path, 0o600) == 0)
        descriptor = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC)
        try #require(descriptor >= 0)
        let block = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, block, block.count) > 0 {}
        try #require(errno == EAGAIN)
    }

    deinit { close(descriptor) }

    /// Lets the writer go on, and those after it make a file of that name.
    func unblock() throws {
        unlink(path)
        var block = [UInt8](repeating: 0, count: 65_536)
        try #require(read(descriptor, &block, block.count) > 0)
    }
}
