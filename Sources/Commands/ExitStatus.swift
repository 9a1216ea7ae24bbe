import ArgumentParser

/// The exit codes of every command but `diagnose`: sysexits.h where it has one.
enum ExitStatus {
    /// A service that is needed is not to be had (`EX_UNAVAILABLE`).
    static let unavailable = ExitCode(69)
    /// The configuration is wrong (`EX_CONFIG`).
    static let configuration = ExitCode(78)
    /// The command line is wrong (`EX_USAGE`); ArgumentParser's own.
    static let usage = ExitCode(64)
}
