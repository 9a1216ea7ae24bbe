/// What of a new configuration a running daemon takes.
///
/// A few keys say where the daemon keeps and writes things. They are read at the start only: moving files under
/// a running daemon would leave their history behind.
package struct Reconfiguration: Hashable, Sendable {
    /// What is to run from here on: the new configuration, with the old values of ``needsRestart``.
    package let taken: DaemonConfiguration
    /// The keys that changed and stay as they were, in alphabetical order.
    package let needsRestart: [String]

    /// Compares the configuration that runs with one that was read since.
    package init(from old: DaemonConfiguration, to new: DaemonConfiguration) {
        needsRestart = [
            old.logFormat == new.logFormat ? nil : "log_format",
            old.logLevel == new.logLevel ? nil : "log_level",
            old.metricsFile == new.metricsFile ? nil : "metrics.file",
            old.stateDirectory == new.stateDirectory ? nil : "state_directory",
        ].compactMap(\.self)
        taken = DaemonConfiguration(
            mode: new.mode,
            metricsFile: old.metricsFile,
            stateDirectory: old.stateDirectory,
            logLevel: old.logLevel,
            logFormat: old.logFormat,
            aws: new.aws,
            servers: new.servers
        )
    }
}
