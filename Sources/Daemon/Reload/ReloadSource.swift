package import Configuration

/// Where a new configuration comes from while the daemon runs.
package struct ReloadSource<Signals: AsyncSequence & Sendable>: Sendable where Signals.Failure == Never {
    /// Each element is a person's wish to read the configuration again: SIGHUP.
    package let signals: Signals
    /// Reads and checks the files; blocks.
    package let load: @Sendable () throws(ConfigurationError) -> DaemonConfiguration

    package init(
        _ signals: Signals,
        load: @escaping @Sendable () throws(ConfigurationError) -> DaemonConfiguration
    ) {
        self.signals = signals
        self.load = load
    }
}
