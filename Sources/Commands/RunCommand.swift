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
        abstract:
            "Runs the daemon in the foreground until SIGTERM or SIGINT; SIGHUP reads the configuration again.",
        discussion: "Exit code 78 for a wrong configuration, 69 when the state directory cannot be used."
    )

    @OptionGroup var option: ConfigurationOption

    @Option(help: "How log lines look; wins over the configuration.")
    var logFormat: DaemonConfiguration.LogFormat?

    @Option(help: "The least severe line that is logged; wins over the configuration.")
    var logLevel: DaemonConfiguration.LogLevel?

    /// How long a stop may take before the process ends all the same.
    private static let longestStop = DispatchTimeInterval.seconds(3)

    func run() async throws {
        // A reader of the log or a server that goes away must not end the daemon.
        signal(SIGPIPE, SIG_IGN)
        // Before anything takes time: untrapped, SIGHUP ends the process.
        let reloadSignals = await UnixSignalsSequence(trapping: .sighup)
        let loaded = try option.load()
        let logger = logger(loaded)
        let timekeeper = Timekeeper.live()
        // A wrong environment shows at the start.
        _ = try TargetGroupPort.ofEnvironment(loaded.aws, timekeeper: timekeeper)
        let daemon = DaemonService(
            loaded,
            reloads: ReloadSource(reloadSignals) { [path = option.config] () throws(ConfigurationError) in
                try ConfigurationLoader.load(path: path, surroundings: .live)
            },
            targetGroups: { aws, tried in
                try .elbv2(aws, environment: Console.environment, timekeeper: timekeeper, tried: tried)
            },
            notifier: try notifier(logger),
            watchdog: watchdog(logger),
            keepsMetrics: MetricsWriter.isSystemds(loaded.metricsFile, environment: Console.environment),
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
            logger.critical(
                "hostcached cannot start",
                metadata: [LogKey.error.rawValue: "\(failure)"]
            )
            throw ExitStatus.unavailable
        }
    }

    private func notifier(_ logger: Logger) throws -> Notifier {
        do {
            return try Notifier(environment: Console.environment, sendTimeout: .seconds(1))
        } catch {
            logger.warning("systemd cannot be told", metadata: [LogKey.error.rawValue: "\(error)"])
            return try Notifier(environment: [:], sendTimeout: .seconds(1))
        }
    }

    /// What systemd's watchdog waits for; nil when there is none, or it cannot be understood.
    private func watchdog(_ logger: Logger) -> Duration? {
        do {
            return try Watchdog.interval(environment: Console.environment, processID: getpid())
        } catch {
            logger.warning(
                "systemd's watchdog cannot be understood",
                metadata: [LogKey.error.rawValue: "\(error)"]
            )
            return nil
        }
    }

    private func logger(_ loaded: DaemonConfiguration) -> Logger {
        let format = LogFormat.choose(
            (logFormat ?? loaded.logFormat) == .json ? .json : .text,
            environment: Console.environment,
            descriptor: STDERR_FILENO
        )
        let output = LineOutput(descriptor: STDERR_FILENO, patience: .seconds(1))
        let level = Logger.Level(rawValue: (logLevel ?? loaded.logLevel).rawValue) ?? .info
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

extension DaemonConfiguration.LogFormat: ExpressibleByArgument {}

extension DaemonConfiguration.LogLevel: ExpressibleByArgument {}
