import FoundationEssentials
import Glibc
import Synchronization

/// An initialised data directory with the accounts in it, made once per kind and version and then copied.
///
/// Kept in `.build-servers` between runs: making one takes seconds, copying it a tenth of one.
struct ServerTemplate {
    let path: String

    /// Templates that this process has made or found to be current.
    private static let known = Mutex<[ThrowawayServer.Kind: ServerTemplate]>([:])

    /// Copies the template into `folder`, making it first when it is missing or of another version.
    static func copy(_ kind: ThrowawayServer.Kind, to folder: ServerFolder) async throws {
        let template: ServerTemplate
        if let known = known.withLock({ $0[kind] }) {
            template = known
        } else {
            template = try await current(kind)
        }
        _ = try await ChildProcess.run("cp", ["-a", "--reflink=auto", template.path + "/data", folder.data])
    }

    private static func current(_ kind: ThrowawayServer.Kind) async throws -> ServerTemplate {
        let command = kind.command(kind.program) + ["--no-defaults", "--version"]
        let version = try await ChildProcess.run(command[0], Array(command.dropFirst()))
        let recipe = ([version] + kind.accounts).joined(separator: "\n")
        let template = ServerTemplate(path: "\(PackageFolder.servers)/template-\(kind)")
        try FileManager.default.createDirectory(
            atPath: PackageFolder.servers,
            withIntermediateDirectories: true
        )
        let lock = open(template.path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw ServerError("\(template.path).lock cannot be opened: \(String(cString: strerror(errno)))")
        }
        defer { close(lock) }
        // Other suites, and other test processes, may want the same one at this moment.
        try await waitUntil(deadline: .seconds(180), "the lock \(template.path).lock") {
            flock(lock, LOCK_EX | LOCK_NB) == 0
        }
        if TextFile.read(template.path + "/recipe") != recipe {
            try await template.make(kind, recipe: recipe)
        }
        known.withLock { $0[kind] = template }
        return template
    }

    private func make(_ kind: ThrowawayServer.Kind, recipe: String) async throws {
        let folder = try ServerFolder(kind)
        try await kind.initialise(folder)
        let server = ThrowawayServer(kind, folder: folder, port: freePort(), options: [])
        try await server.launch()
        _ = try await server.sql(kind.accounts.joined(separator: ";"))
        try await server.shutDown()
        // Holds the server's uuid, which every copy must make anew. MariaDB has none.
        try? FileManager.default.removeItem(atPath: folder.data + "/auto.cnf")
        _ = try await ChildProcess.run("rm", ["-rf", path])
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        _ = try await ChildProcess.run("cp", ["-a", folder.data, path + "/data"])
        // Last, so that half a template is never taken for one.
        try recipe.write(toFile: path + "/recipe", atomically: true, encoding: .utf8)
    }
}
