import ArgumentParser
import HostCacheCore

/// `hostcached window`: the arithmetic of the time to block.
struct WindowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "window",
        abstract: "Computes how long a clean address takes to be blocked, and how often to flush.",
        discussion: "Reads nothing and contacts nobody. Exit code 64 for a value out of range."
    )

    @Option(help: "The limit: max_connect_errors, 1 to 18446744073709551615.")
    var maxConnectErrors: UInt64 = 5000

    @Option(
        name: [.customLong("health-check-interval"), .customLong("interval")],
        help: "The target group's health-check interval, 1s to 1h."
    )
    var healthCheckInterval = DurationArgument(.seconds(300))

    @Option(
        name: [.customLong("errors-per-health-check"), .customLong("errors-per-check")],
        help: "Errors one check makes over all load-balancer nodes' connections from one address, 1 to 1000."
    )
    var errorsPerHealthCheck: UInt64 = 6

    @Flag(help: "Print JSON, durations in seconds.")
    var json = false

    func validate() throws {
        guard maxConnectErrors >= 1 else {
            throw ValidationError("--max-connect-errors is 0, but the server's smallest limit is 1")
        }
        guard (Duration.seconds(1)...Duration.seconds(3600)).contains(healthCheckInterval.duration) else {
            throw ValidationError("--health-check-interval must be 1s to 1h")
        }
        guard (1...1000).contains(errorsPerHealthCheck) else {
            throw ValidationError("--errors-per-health-check must be 1 to 1000")
        }
    }

    func run() throws {
        let report = WindowReport(
            limit: maxConnectErrors,
            interval: healthCheckInterval.duration,
            errorsPerCheck: errorsPerHealthCheck
        )
        Console.result(json ? try report.json() : report.text)
    }
}
