import Glibc
import Synchronization

/// An open file or pipe that takes whole lines, from any thread.
///
/// A line that cannot be written is lost, whatever the reason: there is nowhere to report it, and a reader
/// that went away (EPIPE) must not stop the daemon. That takes SIGPIPE to be ignored, as systemd does
/// (systemd.exec(5), `IgnoreSIGPIPE=`).
package final class LineOutput: Sendable {
    private let descriptor: Int32
    /// Keeps the parts of two long lines apart: a pipe takes only 4 KiB at once (pipe(7), `PIPE_BUF`).
    private let turn = Mutex(())

    /// Writes to `descriptor`, which stays its owner's to close.
    package init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Writes a line and its newline, in one write(2) unless the system takes only a part.
    ///
    /// Blocks while the reader is slow.
    package func write(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        turn.withLock { _ in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return
                }
            }
        }
    }
}
