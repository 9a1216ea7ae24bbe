import FoundationEssentials
import Glibc

/// The built `hostcached` program running on a configuration of its own, gone with its files afterwards.
package final class DaemonProcess: Sendable {
    private let folder: TemporaryFolder
    private let process: ChildProcess

    /// Writes a configuration that watches one throw-away server and starts the daemon on it.
    ///
    /// - Parameters:
    ///   - server: The server; logged in to as `hostcached` from 127.0.0.1, which is never blocked.
    ///   - mode: `enforce` or `observe`.
    ///   - keys: Further lines of the server's table, such as `raise_with = "never"`.
    ///   - sections: Further tables, such as `[aws]`.
    ///   - port: A relay's port that leads to the server; nil for the server's own.
    ///   - environment: What the daemon finds in its environment, such as credentials of AWS.
    ///   - folder: Where configuration, state and metrics are; that of an earlier daemon goes on with its state.
    /// - Throws: What the file system says, and when the program was not built.
    package convenience init(
        on server: ThrowawayServer,
        mode: String,
        keys: String = "",
        sections: String = "",
        through port: UInt16? = nil,
        environment: [String: String] = [:],
        in folder: TemporaryFolder
    ) async throws {
        try Self.writeConfiguration(
            forPort: port ?? server.port,
            mode: mode,
            keys: keys,
            sections: sections,
            in: folder
        )
        try await self.init(in: folder, environment: environment)
    }

    /// Starts the daemon on the configuration that stands in `folder`, with further arguments of `run`, and with names
    /// of its own where `hosts` has them.
    package init(
        in folder: TemporaryFolder,
        environment: [String: String],
        arguments: [String] = [],
        under hosts: HostsFile? = nil
    ) async throws {
        self.folder = folder
        let command =
            try (hosts?.command ?? []) + [
                BuiltProduct.hostcached, "run", "--config", folder.file("hostcached.toml"),
            ]
            + arguments
        process = try await ChildProcess.start(
            command[0],
            Array(command.dropFirst()),
            environment: environment
        )
    }

    /// Writes `hostcached.toml` for a server on 127.0.0.1, and the password file it names.
    package static func writeConfiguration(
        forPort port: UInt16,
        host: String = "127.0.0.1",
        mode: String,
        keys: String = "",
        sections: String = "",
        in folder: TemporaryFolder
    ) throws {
        try write("watch\n", to: folder.file("password"))
        try write(
            """
            mode = "\(mode)"
            state_directory = "\(folder.file("state"))"

            [metrics]
            file = "\(folder.file("metrics/hostcached.prom"))"

            \(sections)

            [[server]]
            name = "orders"
            host = "\(host)"
            port = \(port)
            user = "hostcached"
            password_file = "password"
            \(keys)

            """,
            to: folder.file("hostcached.toml")
        )
    }

    private static func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path))
        chmod(path, 0o600)
    }

    /// The process id.
    package var pid: Int32 { process.pid }

    /// Every line of the log so far.
    package var log: [String] { process.standardError.split(separator: "\n").map(String.init) }

    /// Memory of its own, in bytes; nil when the process has ended.
    package var privateBytes: Int? { process.privateBytes }

    /// Whether the program ended by itself.
    package var exitStatus: ChildProcess.Exit? { process.exitStatus }

    /// The metrics file's text; nil while there is none.
    package var metricsText: String? { TextFile.read(folder.file("metrics/hostcached.prom")) }

    /// The value of a series as it stands in the file, such as `hostcached_server_up{server="orders"}`.
    package func metric(_ series: String) -> Double? {
        metricsText?.split(separator: "\n").first { $0.hasPrefix(series + " ") }
            .flatMap { Double($0.dropFirst(series.count + 1)) }
    }

    /// Lines of the audit, oldest first.
    package var audit: [String] {
        (TextFile.read(folder.file("state/audit.jsonl")) ?? "").split(separator: "\n").map(String.init)
    }

    /// The state file's text; nil while there is none.
    package var state: String? { TextFile.read(folder.file("state/state.json")) }

    /// Sends SIGHUP: the configuration is to be read again.
    package func reload() {
        process.signal(SIGHUP)
    }

    /// Sends SIGTERM and waits for the end; throws when it takes longer than `limit`, which a busy machine needs.
    @discardableResult
    package func stop(upTo limit: Duration = .seconds(40)) async throws -> ChildProcess.Exit {
        process.signal(SIGTERM)
        return try await process.wait(upTo: limit)
    }

    /// Stops it where it stands, as a machine that hangs does; ``thaw()`` lets it go on.
    package func freeze() { process.signal(SIGSTOP) }

    /// Lets it go on.
    package func thaw() { process.signal(SIGCONT) }

    /// Ends it at once, as `kill -9` does.
    package func kill() async {
        await process.kill()
    }
}
