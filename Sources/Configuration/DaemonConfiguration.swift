/// What the configuration files say, checked and complete.
///
/// Made by ``ConfigurationLoader``; every value is in its documented range.
package struct DaemonConfiguration: Hashable, Sendable {
    /// Where the daemon looks when no other path is given.
    package static let defaultPath = "/etc/hostcached/hostcached.toml"

    /// The most that any server is allowed.
    package let mode: Mode
    /// Absolute, ends in `.prom`.
    package let metricsFile: String
    /// Absolute; state and audit live there.
    package let stateDirectory: String
    package let logLevel: LogLevel
    package let logFormat: LogFormat
    package let aws: AWS
    /// At least one, in the order of the files; names and addresses are unique.
    package let servers: [Server]

    /// What may be done: look only, or act too.
    package enum Mode: String, CaseIterable, Sendable {
        case observe
        case enforce
    }

    /// The least severe line that is logged, one of the levels of swift-log.
    package enum LogLevel: String, CaseIterable, Sendable {
        case trace
        case debug
        case info
        case notice
        case warning
        case error
        case critical
    }

    /// How log lines look.
    package enum LogFormat: String, CaseIterable, Sendable {
        case text
        case json
    }
}

extension DaemonConfiguration {
    /// One line a server: name, address, effective mode and limit.
    ///
    /// No secret.
    package var effective: String {
        servers
            .map { "\($0.name): \($0.address), \($0.mode.rawValue), limit \($0.maxConnectErrors)" }
            .joined(separator: "\n")
    }
}
