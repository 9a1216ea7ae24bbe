import Glibc
import Synchronization

/// A real MariaDB or MySQL server of its own, on 127.0.0.1, gone after the test.
///
/// It accepts logins of `hostcached` (password `watch`), with exactly the privileges the daemon asks its
/// users for, and of `app` (password `app`), with none. Connections from other loopback addresses such as
/// 127.0.0.2 reach it and are counted in the host cache; those from 127.0.0.1 itself never are.
///
/// Its process is killed when this one dies, however it dies.
package final class ThrowawayServer: Sendable {
    package let kind: Kind
    /// The TCP port on 127.0.0.1; the same after a restart.
    package let port: UInt16

    private let folder: ServerFolder
    private let options: [String]
    private let names: NameService
    private let running = Mutex(Running())

    /// What changes when the server restarts.
    private struct Running {
        var process: ChildProcess?
        var version = ""
    }

    /// A server in `folder`, which holds a data directory; not running yet.
    init(
        _ kind: Kind,
        folder: ServerFolder,
        port: UInt16,
        options: [String],
        names: NameService = .ofMachine
    ) {
        self.kind = kind
        self.port = port
        self.folder = folder
        self.options = options
        self.names = names
    }

    /// The path of the server's socket, where `root` logs in without a password.
    package var socketPath: String { folder.socket }

    /// `VERSION()` of the server, such as `10.11.19-MariaDB-0+deb12u1-log`.
    package var version: String { running.withLock(\.version) }

    /// The id of the server's process, 0 when it has none.
    package var pid: Int32 { running.withLock { $0.process?.pid ?? 0 } }

    /// Memory of its own, in bytes; nil when it does not run.
    package var privateBytes: Int? { running.withLock { $0.process?.privateBytes } }

    /// Starts a server and waits until it answers.
    ///
    /// `options` are further options of mariadbd or mysqld and win over this type's own, for example
    /// `--performance-schema=OFF` or `--log-bin`. `names` is what it learns of its clients' addresses.
    ///
    /// Throws ``ServerError`` with the last lines of the error log when it does not come up.
    package static func start(
        _ kind: Kind,
        options: [String] = [],
        names: NameService = .ofMachine
    ) async throws -> ThrowawayServer {
        let folder = try ServerFolder(kind)
        try await ServerTemplate.copy(kind, to: folder)
        var attempts = 3
        while true {
            let server = ThrowawayServer(
                kind,
                folder: folder,
                port: freePort(),
                options: options,
                names: names
            )
            do {
                try await server.launch()
                return server
            } catch let error as ServerError where error.isPortTaken && attempts > 1 {
                attempts -= 1
            }
        }
    }

    /// Starts a server, hands it to `body`, and stops it whatever happens.
    package static func with<T: Sendable>(
        _ kind: Kind,
        options: [String] = [],
        names: NameService = .ofMachine,
        _ body: (ThrowawayServer) async throws -> T
    ) async throws -> T {
        let server = try await start(kind, options: options, names: names)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Runs SQL as administrator, with the `mariadb` command line client over the socket.
    ///
    /// Returns rows as lines, columns separated by tabs, without headers and without a newline at the end;
    /// `NULL` reads `NULL`. Throws ``ChildProcessError`` with the server's message.
    package func sql(_ statement: String) async throws -> String {
        let output = try await ChildProcess.run(
            "mariadb",
            [
                "--no-defaults", "--socket=\(socketPath)", "--user=root", "--batch", "--skip-column-names",
                "--execute=\(statement)",
            ]
        )
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }

    /// The lines of the general query log, statements of ``sql(_:)`` included.
    ///
    /// Throws ``ServerError`` when there is no such log, as with the option `--general-log=0`.
    package func generalLog() throws -> [String] {
        guard let log = TextFile.read(folder.generalLog) else {
            throw ServerError("\(kind) has written no general log to \(folder.generalLog)")
        }
        return log.split(separator: "\n").map(String.init)
    }

    /// Ends the server at once, as `kill -9` and the kernel's out-of-memory killer do.
    package func kill() async {
        let process = running.withLock { running in
            defer { running.process = nil }
            return running.process
        }
        await process?.kill()
    }

    /// Starts the server again with the same data, port and options; one that runs is shut down first.
    ///
    /// Throws ``ServerError`` when it does not end or does not come up.
    package func restart() async throws {
        try await shutDown()
        try await launch()
    }

    /// Ends the server and removes every file of it.
    package func stop() async {
        await kill()
        folder.remove()
    }
}

extension ThrowawayServer {
    /// Starts the process and waits until the socket answers.
    func launch() async throws {
        // MySQL logs to a binlog by default, MariaDB does not. Together with `--log-bin` the outcome would
        // depend on the server's reading of both.
        let optionNames = options.map { $0.replacing("_", with: "-").prefix { $0 != "=" } }
        let wantsBinlog = optionNames.contains("--log-bin") || optionNames.contains("--gtid-mode")
        let resolver = try names.command(folder, root: kind.root, isRoot: geteuid() == 0)
        let command =
            resolver + kind.command(kind.program) + kind.options(folder, port: port)
            // Where a namespace made it root.
            + (resolver.isEmpty ? [] : ["--user=root"])
            + (wantsBinlog ? [] : ["--skip-log-bin"]) + options
        let process = try await ChildProcess.start(command[0], Array(command.dropFirst()))
        running.withLock { $0.process = process }
        do {
            try await waitUntil(deadline: .seconds(120), "\(kind) answers at \(socketPath)") {
                guard process.exitStatus == nil else {
                    throw ServerError("\(kind) ended: \(process.standardError.suffix(500))")
                }
                return canConnect()
            }
            let version = try await sql("SELECT VERSION()")
            running.withLock { $0.version = version }
        } catch {
            await kill()
            throw ServerError("\(kind) on port \(port) did not start: \(error)\n\(folder.lastWords)")
        }
    }

    /// Ends the process in good order, nothing when there is none.
    func shutDown() async throws {
        let process = running.withLock(\.process)
        process?.signal(SIGTERM)
        try await process?.wait(upTo: .seconds(60))
        running.withLock { $0.process = nil }
    }

    private func canConnect() -> Bool {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        return UnixAddress(socketPath).withPointer { connect(descriptor, $0, $1) == 0 }
    }
}
