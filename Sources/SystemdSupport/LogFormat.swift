import Glibc
import Logging

/// How a log line looks.
package enum LogFormat: Hashable, Sendable {
    /// For the journal, which adds the time itself: `<5>flushed the host cache server=orders`.
    case journal
    /// For a terminal or a file: `2026-11-23T02:48:49.123Z notice flushed the host cache server=orders`.
    case text
    /// One JSON object: `time`, `level`, `message`, then the metadata by key.
    case json
    /// The same for the journal, which takes the priority off: `<5>{"time":…`.
    case journalJSON

    /// What the configuration can ask for.
    package enum Request: String, CaseIterable, Hashable, Sendable {
        case text
        case json
    }

    /// Settles the format: where the output goes to the journal, the lines begin with their priority.
    ///
    /// `JOURNAL_STREAM` alone does not tell: it names the device and inode of the journal's stream, and the
    /// output may have been redirected since (systemd.exec(5)).
    ///
    /// - Parameters:
    ///   - request: What the configuration says.
    ///   - environment: The process's.
    ///   - descriptor: Where the lines will go, usually standard error.
    /// - Returns: The format to use.
    package static func choose(
        _ request: Request,
        environment: [String: String],
        descriptor: Int32
    ) -> LogFormat {
        var status = stat()
        let isJournal =
            fstat(descriptor, &status) == 0
            && environment["JOURNAL_STREAM"] == "\(status.st_dev):\(status.st_ino)"
        return switch request {
        case .text: isJournal ? .journal : .text
        case .json: isJournal ? .journalJSON : .json
        }
    }
}

extension LogFormat {
    /// The line, without its newline; nothing in it can end it early.
    func line(
        level: Logger.Level,
        message: String,
        metadata: Logger.Metadata,
        time: Duration
    ) -> String {
        switch self {
        case .journal:
            "<\(level.journalPriority)>" + Self.words(message, metadata)
        case .text:
            "\(LogTime.text(time)) \(level) " + Self.words(message, metadata)
        case .json:
            Self.object(level: level, message: message, metadata: metadata, time: time)
        case .journalJSON:
            "<\(level.journalPriority)>"
                + Self.object(level: level, message: message, metadata: metadata, time: time)
        }
    }

    private static func words(_ message: String, _ metadata: Logger.Metadata) -> String {
        metadata.sorted { $0.key < $1.key }.reduce(into: message.escapedForLog(quotes: false)) { line, pair in
            line += " \(pair.key.wordForLog)=\(pair.value.flat.wordForLog)"
        }
    }

    private static func object(
        level: Logger.Level,
        message: String,
        metadata: Logger.Metadata,
        time: Duration
    ) -> String {
        let own = ["time": LogTime.text(time), "level": level.rawValue, "message": message]
        var members = ["time", "level", "message"].map { "\"\($0)\":\((own[$0] ?? "").quotedForLog)" }
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
            // A key of our own twice would let the value replace it: readers keep the last.
            let key = own[key] == nil ? key : "metadata.\(key)"
            members.append("\(key.quotedForLog):\(value.json)")
        }
        return "{\(members.joined(separator: ","))}"
    }
}

extension Logger.Level {
    /// The number of syslog(3), as sd-daemon(3) wants it in front of a line.
    fileprivate var journalPriority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }
}

extension Logger.MetadataValue {
    /// As one piece of text; dictionaries by key, so that the same value always looks the same.
    fileprivate var flat: String {
        switch self {
        case .string(let text): text
        case .stringConvertible(let value): "\(value)"
        case .array(let values): "[\(values.map(\.flat).joined(separator: ", "))]"
        case .dictionary(let members):
            "{\(members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.flat)" }.joined(separator: ", "))}"
        }
    }

    /// As JSON; what is no collection is a string.
    fileprivate var json: String {
        switch self {
        case .string, .stringConvertible: return flat.quotedForLog
        case .array(let values): return "[\(values.map(\.json).joined(separator: ","))]"
        case .dictionary(let members):
            let sorted = members.sorted { $0.key < $1.key }
            return "{\(sorted.map { "\($0.key.quotedForLog):\($0.value.json)" }.joined(separator: ","))}"
        }
    }
}
