package import Logging

/// Turns each log event into one line and hands it on.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let format: LogFormat
    private let sink: @Sendable (String) -> Void
    private let now: @Sendable () -> Duration

    /// Makes a handler without metadata of its own.
    ///
    /// - Parameters:
    ///   - format: How the lines look.
    ///   - level: The least level that is logged.
    ///   - sink: Takes a line without its newline, from any thread; ``LineOutput/write(_:)`` in the daemon.
    ///   - now: Wall time since 1970-01-01 00:00 UTC; ``LogTime/now()`` in the daemon.
    package init(
        format: LogFormat,
        level: Logger.Level,
        sink: @escaping @Sendable (String) -> Void,
        now: @escaping @Sendable () -> Duration
    ) {
        self.format = format
        logLevel = level
        self.sink = sink
        self.now = now
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes one line; on equal keys the event wins over the provider and the provider over the handler.
    package func log(event: LogEvent) {
        var all = metadata
        all.merge(metadataProvider?.get() ?? [:]) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        if let error = event.error {
            // The keys of swift-log's own handler (StreamLogHandler, 1.16.2).
            all["error.message"] = "\(error)"
            all["error.type"] = "\(String(reflecting: type(of: error)))"
        }
        sink(format.line(level: event.level, message: event.message.description, metadata: all, time: now()))
    }
}
