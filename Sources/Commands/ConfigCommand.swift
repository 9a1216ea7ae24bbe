import ArgumentParser
import Configuration
import Daemon
import HostCacheCore

/// `hostcached config`: checks the configuration, or shows an example.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks the configuration, or prints an example of it.",
        subcommands: [Check.self, Example.self]
    )

    /// Checks: `hostcached config check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads the configuration and says every problem at once; contacts nobody.",
            discussion: "Exit code 78 when there is a problem."
        )

        @OptionGroup var option: ConfigurationOption

        func run() throws {
            let loaded = try option.load()
            Console.result(loaded.effective)
            for server in loaded.servers {
                let fit = GuardRailFit(server)
                guard fit != .fits else { continue }
                Console.result("warning: \(server.name): \(fit)")
            }
        }
    }

    /// Shows an example: `hostcached config example`.
    struct Example: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints a commented configuration.")

        func run() {
            print(DaemonConfiguration.example, terminator: "")
        }
    }
}

extension GuardRailFit {
    /// Whether a configured server's guard rails allow what its limit needs at the assumed rate.
    init(_ server: DaemonConfiguration.Server) {
        let policy = Policy(server)
        let rate = ErrorRate(
            errors: policy.errorsPerHealthCheck,
            perHealthCheckInterval: server.assumedHealthCheckInterval
        )
        self.init(
            window: rate.time(for: policy.wantedLimit),
            flushWithin: policy.flushWithin,
            flushAt: policy.flushAt,
            guardRails: policy.guardRails
        )
    }
}
