import Logging
import Synchronization
import SystemdSupport

/// Collects the lines that a logger writes, in the journal's form: `<3>` is an error, `<5>` a notice.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    /// What was written since the last call.
    func taken() -> [String] {
        lines.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }

    var logger: Logger {
        Logger(label: "hostcached") { _ in
            LineLogHandler(
                format: .journal,
                level: .info,
                sink: { line in self.lines.withLock { $0.append(line) } },
                now: { .zero }
            )
        }
    }
}
