import ArgumentParser
import Configuration
import Daemon
import Glibc
import HostCacheCore
import MariaDBClient

/// `hostcached diagnose`: what is wrong with a server, why, and what to do.
struct DiagnoseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diagnose",
        abstract: "Reads a server once and explains it; changes nothing.",
        discussion: """
            Diagnoses the servers of the configuration, or with --host or --socket the one that is named.
            Exit code: 0 ok, 1 warning, 2 critical, 3 unknown; 64 for a wrong command line, 78 for a wrong
            configuration.
            """
    )

    @OptionGroup var option: ConfigurationOption

    @Option(help: "Only this server of the configuration; may be given again.")
    var server: [String] = []

    @OptionGroup(title: "Without a configuration") var direct: DirectConnection

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Do not colour the output.")
    var noColor = false

    @Flag(help: "Print the statements that are sent, to standard error.")
    var showSql = false

    func validate() throws {
        try direct.validate()
        if direct.isUsed, !server.isEmpty {
            throw ValidationError("--server is for the configuration; it does not go with --host or --socket")
        }
    }

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        let timekeeper = Timekeeper.live()
        let targets = try targets(timekeeper)
        if showSql {
            // Of a configured server with the default timeout; the other servers' differ in the numbers.
            let bound = try direct.isUsed ? direct.endpoint().queryTimeout : .seconds(5)
            let session = KnownSession(queryTimeout: bound, idleLimit: Policy().idleLimit).statement
            let looks = [session] + ObservationReader.statements + ObservationReader.privilegeStatements
            for statement in looks + LeadershipLock.questions {
                Console.message(statement + ObservationReader.mark)
            }
        }
        let diagnoses = await Self.diagnose(targets, timekeeper)
        if json {
            let document = DiagnosisDocument(diagnoses, generatedAt: WallClock.text(timekeeper.wall()))
            Console.result(try document.json())
        } else {
            Console.result("\(DiagnosisText(diagnoses, showsColour: showsColour))")
        }
        let verdict = diagnoses.map(\.verdict).max() ?? .ok
        guard verdict == .ok else { throw ExitCode(verdict.exitCode) }
    }

    private func targets(_ timekeeper: Timekeeper) throws -> [DiagnoseTarget] {
        if direct.isUsed {
            return [DiagnoseTarget(try direct.endpoint(), as: try direct.login(), timekeeper: timekeeper)]
        }
        let loaded = try option.load()
        let unknown = server.filter { name in !loaded.servers.contains { $0.name == name } }
        guard unknown.isEmpty else {
            Console.message("\(option.config): no server is named \(unknown.joined(separator: ", "))")
            throw ExitStatus.usage
        }
        let groupPort = try TargetGroupPort.ofEnvironment(loaded.aws, timekeeper: timekeeper)
        return loaded.servers.filter { server.isEmpty || server.contains($0.name) }
            .map { DiagnoseTarget($0, of: loaded, groupPort: groupPort, timekeeper: timekeeper) }
    }

    /// All servers side by side, in the given order.
    private static func diagnose(_ targets: [DiagnoseTarget], _ timekeeper: Timekeeper) async -> [Diagnosis] {
        await withTaskGroup { group in
            for (index, target) in targets.enumerated() {
                group.addTask { (index, await target.diagnose(timekeeper)) }
            }
            var found: [(Int, Diagnosis)] = []
            for await result in group { found.append(result) }
            return found.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }

    private var showsColour: Bool {
        let environment = Console.environment
        let isForbidden = noColor || !(environment["NO_COLOR"] ?? "").isEmpty || environment["TERM"] == "dumb"
        return !isForbidden && isatty(STDOUT_FILENO) == 1
    }
}

extension Finding.Level {
    /// As monitoring plugins do: 0 ok, 1 warning, 2 critical, 3 unknown.
    package var exitCode: Int32 {
        switch self {
        case .ok: 0
        case .warning: 1
        case .critical: 2
        case .unknown: 3
        }
    }
}
