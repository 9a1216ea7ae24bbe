package import HostCacheCore
package import Logging

/// Writes to the log about one server or target group, a change of state once.
package struct ServerLog: Sendable {
    private let logger: Logger
    /// What is held to be known by the reader; a message with the same text and values is not repeated.
    private var told: [String: String] = [:]
    /// What is known of guard rails that hold flushes.
    var holds = HoldEpisodes()

    /// - Parameters:
    ///   - logger: Where to.
    ///   - subject: The key of what every line is about.
    ///   - name: Its name.
    package init(_ logger: Logger, _ subject: LogKey, _ name: String) {
        var logger = logger
        logger[metadataKey: subject.rawValue] = "\(name)"
        self.logger = logger
    }

    /// Writes a message, every time.
    package func write(
        _ level: Logger.Level,
        _ message: Logger.Message,
        _ values: KeyValuePairs<LogKey, String>,
        cause: KnownCause? = nil
    ) {
        logger.log(level: level, message, metadata: Self.metadata(values, cause))
    }

    /// Writes a message when the state of `topic` is another than when it was last told.
    ///
    /// - Parameters:
    ///   - topic: What the state is of.
    ///   - state: The state.
    ///   - level: How grave it is.
    ///   - message: What to write.
    ///   - values: The figures.
    ///   - cause: Why a server's error came about, and what to do; nil where its message says it all.
    package mutating func tell(
        _ topic: String,
        _ state: String,
        _ level: Logger.Level,
        _ message: Logger.Message,
        _ values: KeyValuePairs<LogKey, String>,
        cause: KnownCause? = nil
    ) {
        guard told[topic] != state else { return }
        told[topic] = state
        write(level, message, values, cause: cause)
    }

    /// Takes a state as known without a message; nil forgets it, so that the next one is told.
    package mutating func know(_ topic: String, _ state: String?) {
        told[topic] = state
    }

    /// Forgets every state: what was told was about another server.
    package mutating func forget() {
        told = [:]
        holds = HoldEpisodes()
    }

    /// The state of a topic as it was last told; nil when it never was.
    package func knows(_ topic: String) -> String? { told[topic] }

    private static func metadata(
        _ values: KeyValuePairs<LogKey, String>,
        _ cause: KnownCause?
    ) -> Logger.Metadata {
        let causes = cause.map { [(LogKey.cause, $0.cause), (.advice, $0.advice)] } ?? []
        let all = values.map { ($0.key, $0.value) } + causes
        return Logger.Metadata(all.map { ($0.0.rawValue, .string($0.1)) }, uniquingKeysWith: { $1 })
    }
}
