import ArgumentParser
import Daemon

/// The command line.
struct Hostcached: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hostcached",
        abstract:
            "Ends error 1129, \"Host is blocked because of many connection errors\", behind load balancers.",
        discussion: """
            Start with `hostcached diagnose --host HOST --user USER`: it reads and explains, and changes nothing.
            Exit code: 0, or what the command's own help says; 64 for a wrong command line.
            """,
        version: "hostcached \(BuildVersion.number)",
        subcommands: [
            RunCommand.self, DiagnoseCommand.self, WindowCommand.self, GrantsCommand.self, ConfigCommand.self,
        ]
    )
}
