import ArgumentParser
import Configuration
package import MariaDBClient
import Secrets

/// The options that name one server without a configuration.
package struct DirectConnection: ParsableArguments {
    @Option(help: "The server's host name or address.")
    var host: String?

    @Option(help: "The server's port, 1 to 65535; 3306 when it is not given.")
    var port: UInt16?

    @Option(help: "The path of the server's Unix socket.")
    var socket: String?

    @Option(help: "The account to log in with.")
    var user: String?

    @Option(help: "The file that holds the password, or - for standard input; else it is asked for.")
    var passwordFile: String?

    @Option(
        help: "A MySQL option file; host, port, socket, user and password of its [client] section are used."
    )
    var defaultsFile: String?

    @Option(help: "disabled or verify-identity; verify-identity unless the server is on this machine.")
    var tls: TLSChoice?

    @Option(help: "The file with the CA certificates to trust; the system's when it is not given.")
    var ca: String?

    @Option(help: "How long connecting and each statement may take, 1s to 60s; 10s when it is not given.")
    var timeout: DurationArgument?

    /// What `--tls` takes.
    enum TLSChoice: String, ExpressibleByArgument, CaseIterable {
        case disabled
        case verifyIdentity = "verify-identity"
    }

    /// Whether any of them names a server.
    var isUsed: Bool { host != nil || socket != nil || defaultsFile != nil }

    package init() {}

    package func validate() throws {
        if host != nil, socket != nil {
            throw ValidationError("--host and --socket name two servers; give one of them")
        }
        if isUsed, user == nil, defaultsFile == nil {
            throw ValidationError("--user is missing: the account to log in with")
        }
        if !isUsed, let option = givenOption {
            throw ValidationError("\(option) needs --host or --socket; the configuration has its own")
        }
        if socket != nil, port != nil { throw ValidationError("--port needs --host; a socket has none") }
        if port == 0 { throw ValidationError("--port must be 1 to 65535") }
        if ca != nil, tls == .disabled {
            throw ValidationError("--ca has no effect with --tls disabled; give one of them")
        }
        guard (Duration.seconds(1)...Duration.seconds(60)).contains(bound) else {
            throw ValidationError("--timeout must be 1s to 60s")
        }
    }

    /// One of the options that only make sense with a server.
    private var givenOption: String? {
        let given = [
            ("--user", user != nil), ("--password-file", passwordFile != nil), ("--port", port != nil),
            ("--tls", tls != nil), ("--ca", ca != nil), ("--timeout", timeout != nil),
        ]
        return given.first { $0.1 }?.0
    }

    private var bound: Duration { timeout?.duration ?? .seconds(10) }

    /// Where to connect; throws `ValidationError` when the option file is of no use.
    package func endpoint() throws -> Endpoint {
        let file = try optionFile()
        let address: Endpoint.Address
        // As MySQL's own clients take them: a socket in the file is for a server on this machine.
        let isHere = host == nil && port == nil && ["localhost", nil].contains(file["host"])
        if let path = socket ?? (isHere ? file["socket"] : nil) {
            address = .socket(path: path)
        } else {
            let name = host ?? file["host"] ?? "localhost"
            address = .tcp(host: name, port: try port ?? port(in: file) ?? 3306)
        }
        let protects = tls.map { $0 == .verifyIdentity } ?? (ca != nil || !address.isLocal)
        return Endpoint(
            address: address,
            tls: protects ? .verifyIdentity(caFile: ca) : .disabled,
            sourceAddress: nil,
            connectTimeout: bound,
            queryTimeout: bound
        )
    }

    /// Whom to log in as; asks for the password when nothing gives it and a person is there.
    ///
    /// Throws `ValidationError` when a file cannot be read or nothing gives a user or password.
    package func login() throws -> Login {
        let file = try optionFile()
        guard let account = user ?? file["user"] else {
            throw ValidationError("--user is missing, and \(defaultsFile ?? "the option file") has none")
        }
        return Login(user: account, password: try password(file))
    }

    private func password(_ file: [String: String]) throws -> Secret<String>? {
        switch passwordFile {
        case "-"?: return readLine(strippingNewline: true).map { Secret($0) }
        case let path?:
            do {
                return try PasswordFile.read(path)
            } catch {
                throw ValidationError("--password-file: \(error)")
            }
        case nil: return try file["password"].map { Secret($0) } ?? PasswordPrompt.ask()
        }
    }

    private func port(in file: [String: String]) throws -> UInt16? {
        guard let text = file["port"] else { return nil }
        guard let port = UInt16(text), port > 0 else {
            throw ValidationError("\(defaultsFile ?? ""): port is \"\(text)\", not 1 to 65535")
        }
        return port
    }

    private func optionFile() throws -> [String: String] {
        guard let defaultsFile else { return [:] }
        do {
            return try OptionFile.client(defaultsFile)
        } catch {
            throw ValidationError("--defaults-file \(defaultsFile): \(error)")
        }
    }
}

extension Endpoint.Address {
    /// Whether the traffic stays on this machine, judged as the configuration judges it.
    fileprivate var isLocal: Bool {
        switch self {
        case .tcp(let host, let port): DaemonConfiguration.Server.Address.tcp(host: host, port: port).isLocal
        case .socket: true
        }
    }
}
