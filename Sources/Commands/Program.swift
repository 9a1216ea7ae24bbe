import ArgumentParser
import Daemon

/// The program: what the executable calls.
package enum Program {
    /// Parses the process's arguments, runs the command they name and ends the process with its exit code.
    package static func run() async {
        LargeBlocks.returnToSystem()
        await Hostcached.main()
    }

    /// What a command line that is refused, or asks for the version, comes to without running anything.
    ///
    /// - Parameter arguments: Without the program's name.
    /// - Returns: What is printed and the exit code; nil when a command would run.
    package static func answer(to arguments: [String]) -> (text: String, exitCode: Int32)? {
        do {
            _ = try Hostcached.parseAsRoot(arguments)
            return nil
        } catch {
            return (Hostcached.fullMessage(for: error), Hostcached.exitCode(for: error).rawValue)
        }
    }

    /// The help of every command there is.
    package static var help: [(command: String, text: String)] {
        help(of: Hostcached.self, as: "hostcached")
    }

    private static func help(
        of command: any ParsableCommand.Type,
        as name: String
    ) -> [(command: String, text: String)] {
        let own = (command: name, text: Hostcached.helpMessage(for: command))
        let below = command.configuration.subcommands.flatMap {
            help(of: $0, as: "\(name) \(self.name(of: $0))")
        }
        return [own] + below
    }

    private static func name(of command: any ParsableCommand.Type) -> String {
        command.configuration.commandName ?? "\(command)".lowercased()
    }
}
