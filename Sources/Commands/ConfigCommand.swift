import ArgumentParser
import Configuration

/// `hostcached config`: checks the configuration, or shows an example.
struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Checks the configuration, or prints an example of it.",
        discussion: "Exit code 78 when there is a problem in the configuration.",
        subcommands: [Check.self, Example.self]
    )

    /// Checks: `hostcached config check`.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads the configuration and says every problem at once; contacts nobody.",
            discussion: "Exit code 0 without a problem, warnings or not; 78 when there is one."
        )

        @OptionGroup var option: ConfigurationOption

        func run() throws {
            Console.result("\(ConfigReport(try option.load()))")
        }
    }

    /// Shows an example: `hostcached config example`.
    struct Example: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints a commented configuration.",
            discussion: "Exit code 0."
        )

        func run() {
            print(DaemonConfiguration.example, terminator: "")
        }
    }
}
