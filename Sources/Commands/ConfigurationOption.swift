import ArgumentParser
import Configuration

/// `--config`, the same for every command that reads it.
struct ConfigurationOption: ParsableArguments {
    @Option(
        name: [.customShort("c"), .long],
        help: "The configuration file; conf.d/*.toml beside it is read too."
    )
    var config: String = DaemonConfiguration.defaultPath

    /// Loads and checks it; prints every problem and ends with exit code 78 when there is one.
    func load() throws -> DaemonConfiguration {
        do {
            return try ConfigurationLoader.load(path: config, surroundings: .live)
        } catch {
            Console.problem("\(error)")
            throw ExitStatus.configuration
        }
    }
}
