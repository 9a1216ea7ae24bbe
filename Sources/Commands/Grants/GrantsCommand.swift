import ArgumentParser
import Configuration
import HostCacheCore

/// `hostcached grants`: the SQL that gives the daemon's account what the configuration asks for.
struct GrantsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "grants",
        abstract:
            "Prints the SQL for the account: what actions, raise_with and flush_with of each server need.",
        discussion: """
            Contacts nobody. Without --flavour it prints the SQL for MySQL and for MariaDB.
            Exit code: 0, 64 for a wrong command line, 78 for a wrong configuration.
            """
    )

    @OptionGroup var option: ConfigurationOption

    @Option(help: "Only this server of the configuration; may be given again.")
    var server: [String] = []

    @Option(help: "The account's user, in place of those of a configuration, which is then not read.")
    var user: String?

    @Option(help: "mysql or mariadb.")
    var flavour: FlavourChoice?

    @Option(help: "The server's version, such as 8.0.44; with --flavour.")
    var serverVersion: String?

    /// What `--flavour` takes.
    enum FlavourChoice: String, ExpressibleByArgument, CaseIterable {
        case mysql
        case mariadb

        var flavour: Flavour {
            switch self {
            case .mysql: .mysql
            case .mariadb: .mariadb
            }
        }
    }

    func validate() throws {
        if user != nil, !server.isEmpty {
            throw ValidationError("--server is for the configuration; it does not go with --user")
        }
        if user?.isEmpty == true { throw ValidationError("--user is empty") }
        guard let serverVersion else { return }
        guard flavour != nil else { throw ValidationError("--server-version needs --flavour") }
        guard version != nil else {
            throw ValidationError(
                "--server-version \(serverVersion) is no version (examples: 8.0.44, 10.11.19)"
            )
        }
    }

    func run() throws {
        let flavours = flavour.map { [$0.flavour] } ?? Flavour.allCases
        let scripts = try wishes().flatMap { wish in
            flavours.map { GrantScript(wish, flavour: $0, version: version).description }
        }
        print(scripts.joined(separator: "\n"), terminator: "")
    }

    private var version: ServerVersion? {
        guard let flavour, let serverVersion else { return nil }
        return ServerVersion(version: serverVersion, comment: flavour == .mariadb ? "MariaDB" : "")
            .flatMap { $0.flavour == flavour.flavour ? $0 : nil }
    }

    private func wishes() throws -> [GrantWish] {
        if let user { return [GrantWish(user: user)] }
        let loaded = try option.load()
        let unknown = server.filter { name in !loaded.servers.contains { $0.name == name } }
        guard unknown.isEmpty else {
            Console.message("\(option.config): no server is named \(unknown.joined(separator: ", "))")
            throw ExitStatus.usage
        }
        return GrantWish.all(of: loaded.servers.filter { server.isEmpty || server.contains($0.name) })
    }
}
