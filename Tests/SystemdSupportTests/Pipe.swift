import Glibc
import Testing

/// A pipe of the system, closed when the test is over.
final class Pipe: Sendable {
    let reading: Int32
    let writing: Int32

    init() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        reading = ends[0]
        writing = ends[1]
    }

    deinit {
        close(reading)
        close(writing)
    }

    /// Device and inode of the writing end, as systemd writes them into `JOURNAL_STREAM`.
    var identity: String {
        var status = stat()
        fstat(writing, &status)
        return "\(status.st_dev):\(status.st_ino)"
    }

    /// Reads up to `count` bytes, waiting until there are that many.
    func read(_ count: Int) -> String {
        var text: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while text.count < count {
            let got = Glibc.read(reading, &buffer, min(buffer.count, count - text.count))
            if got <= 0 { break }
            text += buffer.prefix(got)
        }
        return String(decoding: text, as: UTF8.self)
    }
}
