import ArgumentParser
import Configuration
import MariaDBClient
import Secrets

/// The options that name one server without a configuration.
struct DirectConnection: ParsableArguments {
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

    @Option(help: "How long connecting and each statement may take, 1s to 60s.")
    var timeout = DurationArgument(.seconds(10))

    /// What `--tls` takes.
    enum TLSChoice: String, ExpressibleByArgument, CaseIterable {
        case disabled
        case verifyIdentity = "verify-identity"
    }

    /// Whether any of them names a server.
    var isUsed: Bool { host != nil || socket != nil || defaultsFile != nil }

    func validate() throws {
        if host != nil, socket != nil {
            throw ValidationError("--host and --socket name two servers; give one of them")
        }
        if isUsed, user == nil, defaultsFile == nil {
            throw ValidationError("--user is missing: the account to log in with")
        }
        if !isUsed, user != nil || passwordFile != nil {
            throw ValidationError("--user needs --host or --socket, or give --config")
        }
        if port == 0 { throw ValidationError("--port must be 1 to 65535") }
        guard (Duration.seconds(1)...Duration.seconds(60)).contains(timeout.duration) else {
            throw ValidationError("--timeout must be 1s to 60s")
        }
    }

    /// Where to connect.
    func endpoint() throws -> Endpoint {
        let file = try optionFile()
        let address: Endpoint.Address
        if let path = socket ?? (host == nil ? file["socket"] : nil) {
            address = .socket(path: path)
        } else {
            let name = host ?? file["host"] ?? "localhost"
            address = .tcp(host: name, port: port ?? file["port"].flatMap { UInt16($0) } ?? 3306)
        }
        let protects = tls.map { $0 == .verifyIdentity } ?? (ca != nil || !address.isLocal)
        return Endpoint(
            address: address,
            tls: protects ? .verifyIdentity(caFile: ca) : .disabled,
            sourceAddress: nil,
            connectTimeout: timeout.duration,
            queryTimeout: timeout.duration
        )
    }

    /// Whom to log in as; asks for the password when nothing gives it and a person is there.
    func login() throws -> Login {
        let file = try optionFile()
        guard let account = user ?? file["user"] else {
            throw ValidationError("--user is missing, and \(defaultsFile ?? "the option file") has none")
        }
        return Login(user: account, password: try password(file))
    }

    private func password(_ file: [String: String]) throws -> Secret<String>? {
        switch passwordFile {
        case "-"?: return readLine(strippingNewline: true).map { Secret($0) }
        case let path?: return try PasswordFile.read(path)
        case nil: return try file["password"].map { Secret($0) } ?? PasswordPrompt.ask()
        }
    }

    private func optionFile() throws -> [String: String] {
        try defaultsFile.map { try OptionFile.client($0) } ?? [:]
    }
}

extension Endpoint.Address {
    /// Whether the traffic stays on this machine.
    fileprivate var isLocal: Bool {
        switch self {
        case .tcp(let host, _): host == "localhost" || host == "::1" || host.hasPrefix("127.")
        case .socket: true
        }
    }
}
