import ArgumentParser
import Configuration
import Daemon
import Dispatch
import Glibc
import Logging
import ServiceLifecycle
import SystemdSupport
import UnixSignals

/// `hostcached run`: the daemon in the foreground; what systemd starts.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Runs the daemon in the foreground until SIGTERM or SIGINT.",
        discussion: "Exit code 78 for a wrong configuration, 69 when the state directory cannot be used."
    )

    @OptionGroup var option: ConfigurationOption

    /// How long a stop may take before the process ends all the same.
    private static let longestStop = DispatchTimeInterval.seconds(3)

    func run() async throws {
        // A reader of the log or a server that goes away must not end the daemon.
        signal(SIGPIPE, SIG_IGN)
        let loaded = try option.load()
        let logger = Self.logger(loaded)
        let timekeeper = Timekeeper.live()
        let daemon = DaemonService(
            loaded,
            targetGroups: try .elbv2(loaded.aws, environment: Console.environment, timekeeper: timekeeper),
            notifier: try notifier(logger),
            timekeeper: timekeeper,
            logger: logger
        )
        var group = ServiceGroupConfiguration(
            services: [
                .init(service: daemon, successTerminationBehavior: .gracefullyShutdownGroup),
                .init(service: StopDeadline(deadline: Self.longestStop)),
            ],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: Logger(label: "lifecycle", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        group.maximumGracefulShutdownDuration = .seconds(3)
        do {
            try await ServiceGroup(configuration: group).run()
        } catch let failure as StartFailure {
            logger.critical("hostcached cannot start", metadata: ["error": "\(failure)"])
            throw ExitStatus.unavailable
        }
    }

    private func notifier(_ logger: Logger) throws -> Notifier {
        do {
            return try Notifier(environment: Console.environment, sendTimeout: .seconds(1))
        } catch {
            logger.warning("systemd cannot be told", metadata: ["error": "\(error)"])
            return try Notifier(environment: [:], sendTimeout: .seconds(1))
        }
    }

    private static func logger(_ loaded: DaemonConfiguration) -> Logger {
        let format = LogFormat.choose(
            loaded.logFormat == .json ? .json : .text,
            environment: Console.environment,
            descriptor: STDERR_FILENO
        )
        let output = LineOutput(descriptor: STDERR_FILENO)
        let level = Logger.Level(rawValue: loaded.logLevel.rawValue) ?? .info
        return Logger(label: "hostcached") { _ in
            LineLogHandler(format: format, level: level, sink: { output.write($0) }, now: { LogTime.now() })
        }
    }
}

/// Ends the process when stopping takes too long: a hung disk must not hold up a shutdown.
private struct StopDeadline: Service {
    var deadline: DispatchTimeInterval

    func run() async throws {
        try await gracefulShutdown()
        DispatchQueue.global().asyncAfter(deadline: .now() + deadline) { exit(0) }
    }
}
