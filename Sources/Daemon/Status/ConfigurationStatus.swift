/// What is known of the configuration that runs.
package struct ConfigurationStatus: Hashable, Sendable {
    /// Whether the top level's mode is `enforce` and the state allows acting.
    package var isEnforcing = false
    /// Wall time at which it was read.
    package var loadedAt = Duration.zero
    /// How often it was read again with success; loops take it as a person's word that they have looked.
    package var reloads: UInt64 = 0
    /// Problems of a newer one that was refused; 0 when the one read last runs.
    package var refusedProblems = 0

    /// Whether systemd was told that the daemon is ready; from then on it stays so.
    package var isReady = false

    package init() {}
}
