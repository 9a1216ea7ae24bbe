import Logging
import Synchronization
import SystemdSupport

/// Collects the lines that a logger writes, at a fixed time.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])
    /// 2026-11-23 02:48:49.1239 UTC.
    private let time: Duration = .seconds(1_795_402_129) + .microseconds(123_900)

    /// What was written so far.
    var all: [String] { lines.withLock { $0 } }

    /// Takes one more line.
    func append(_ line: String) {
        lines.withLock { $0.append(line) }
    }

    func handler(_ format: LogFormat, level: Logger.Level = .trace) -> LineLogHandler {
        LineLogHandler(
            format: format,
            level: level,
            sink: append,
            now: { [time] in time }
        )
    }

    func logger(_ format: LogFormat, level: Logger.Level = .trace) -> Logger {
        Logger(label: "hostcached", factory: { _ in self.handler(format, level: level) })
    }
}
