package import Glibc

/// What systemd's watchdog expects of this process.
package enum Watchdog {
    /// The longest time between two `WATCHDOG=1` messages; send them at half of it.
    ///
    /// <https://www.freedesktop.org/software/systemd/man/252/sd_watchdog_enabled.html>
    ///
    /// - Parameters:
    ///   - environment: The process's, for `WATCHDOG_USEC` and `WATCHDOG_PID`.
    ///   - processID: Of this process: a parent's watchdog is not ours.
    /// - Returns: The time, above 0; nil when no watchdog is set for this process.
    /// - Throws: `SystemdError.unreadable`.
    package static func interval(
        environment: [String: String],
        processID: pid_t
    ) throws(SystemdError) -> Duration? {
        if let process = environment["WATCHDOG_PID"] {
            guard let expected = pid_t(process) else {
                throw .unreadable(variable: "WATCHDOG_PID", value: process)
            }
            guard expected == processID else { return nil }
        }
        guard let value = environment["WATCHDOG_USEC"] else { return nil }
        guard let microseconds = UInt64(value), microseconds > 0, microseconds < UInt64.max else {
            throw .unreadable(variable: "WATCHDOG_USEC", value: value)
        }
        return .microseconds(microseconds)
    }
}
