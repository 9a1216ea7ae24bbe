import Glibc
import Synchronization

/// An open file or pipe that takes whole lines, from any thread.
///
/// A line that cannot be written is lost, whatever the reason: there is nowhere to report it, and a reader
/// that went away (EPIPE) must not stop the daemon. That takes SIGPIPE to be ignored, as systemd does
/// (systemd.exec(5), `IgnoreSIGPIPE=`). A reader that takes nothing for longer than the patience, such as a journal
/// whose disk hangs, is waited for once: until it takes something again lines are lost at once.
package final class LineOutput: Sendable {
    private let descriptor: Int32
    private let patience: Duration
    /// Keeps the parts of two long lines apart.
    private let state = Mutex(State())

    private struct State {
        /// Whether the reader has outlasted the patience.
        var isStuck = false
        /// Whether a line was left without its end.
        var isTorn = false
    }

    /// What a pipe takes without waiting where poll(2) says that it takes anything (pipe(7), `PIPE_BUF`).
    private static let block = 4096

    /// Writes to `descriptor`, which stays its owner's to close.
    ///
    /// - Parameters:
    ///   - descriptor: Open for writing.
    ///   - patience: How long a reader that takes nothing is waited for, to the millisecond.
    package init(descriptor: Int32, patience: Duration) {
        self.descriptor = descriptor
        self.patience = patience
    }

    /// Writes a line and its newline.
    ///
    /// Blocks while the reader is slow, for the patience at most.
    package func write(_ line: String) {
        state.withLock { state in
            let bytes = Array("\(state.isTorn ? "\n" : "")\(line)\n".utf8)
            var rest = bytes[...]
            while !rest.isEmpty {
                guard takes(within: state.isStuck ? .zero : patience) else {
                    state.isStuck = true
                    if rest.count < bytes.count { state.isTorn = true }
                    return
                }
                let count = rest.prefix(Self.block)
                    .withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
                if count >= 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return
                }
            }
            state = State()
        }
    }

    /// Whether the reader takes something, or is gone; a file always does.
    private func takes(within longest: Duration) -> Bool {
        let end = ContinuousClock.now + longest
        while true {
            let left = max(.zero, end - .now) / .milliseconds(1)
            var poll = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            let count = Glibc.poll(&poll, 1, Int32(left.rounded(.up)))
            if count >= 0 || errno != EINTR { return count != 0 }
        }
    }
}
