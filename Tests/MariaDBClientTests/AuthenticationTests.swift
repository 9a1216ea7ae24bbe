import MariaDBClient
import Secrets
import TestSupport
import TestTraits
import Testing

/// The login methods of real servers, and which connection each may be used on.
@Suite(.servers, .tags(.server), .timeLimit(.minutes(5))) struct AuthenticationTests {
    typealias Kind = ThrowawayServer.Kind

    /// Reaches this machine (ip(7), `INADDR_ANY`), and is no loopback address by its looks.
    static let notLoopback = "0.0.0.0"

    private func connect(
        _ server: ThrowawayServer,
        _ host: String,
        _ tls: Endpoint.TLS,
        as login: Login
    ) async -> (error: MariaDBError?, isEncrypted: Bool?) {
        do {
            let session = try await Session.connect(
                to: .local(server.port, host: host, tls: tls),
                as: login
            )
            await session.close()
            return (nil, session.isEncrypted)
        } catch {
            return (error, nil)
        }
    }

    @Test func `mysql_native_password gives nothing away and works everywhere`() async throws {
        let server = try ThrowawayServer.shared(.mariadb)
        for host in ["127.0.0.1", Self.notLoopback] {
            let (error, isEncrypted) = await connect(server, host, .disabled, as: .hostcached)
            #expect(error == nil)
            #expect(isEncrypted == false)
        }
    }

    @Test func `ed25519 gives nothing away and works everywhere`() async throws {
        try Kind.mariadb.skipUnlessExpected()
        guard let folder = ServerPlugin.folder else {
            let reason = "NO ED25519 on this machine, so this is not tested: run .ci/mariadb-plugins"
            Issue.record("\(reason)", severity: .warning)
            try Test.cancel("\(reason)")
        }
        try await ThrowawayServer.with(.mariadb, options: ["--plugin-dir=\(folder)"]) { server in
            _ = try await server.sql("INSTALL SONAME '\(ServerPlugin.ed25519)'")
            _ = try await server.sql(
                "CREATE USER 'ed'@'%' IDENTIFIED VIA ed25519 USING PASSWORD('curve')"
            )
            let right = Login(user: "ed", password: Secret("curve"))
            for host in ["127.0.0.1", Self.notLoopback] {
                #expect(await connect(server, host, .disabled, as: right).error == nil)
            }
            let wrong = await connect(
                server,
                "127.0.0.1",
                .disabled,
                as: Login(user: "ed", password: Secret("line"))
            )
            #expect(wrong.error?.serverCode == 1_045)
        }
    }

    @Test func `caching_sha2_password works in plain text on loopback only`() async throws {
        let server = try ThrowawayServer.shared(.mysql)
        let pin = try await fingerprint(of: server)
        _ = try await server.sql("CREATE USER 'sha'@'%' IDENTIFIED WITH caching_sha2_password BY 'two'")
        let login = Login(user: "sha", password: Secret("two"))

        let refused = await connect(server, Self.notLoopback, .disabled, as: login)
        #expect(refused.error?.code == 5_010)
        #expect(
            refused.error?.message.hasSuffix(
                "; the account's login method gives the password away without TLS: "
                    + "use tls mode verify-identity or fingerprint"
            ) == true
        )
        // The first time the server asks for the password, afterwards it has it cached.
        for _ in 0..<2 {
            let (error, isEncrypted) = await connect(server, Self.notLoopback, .fingerprint(pin), as: login)
            #expect(error == nil)
            #expect(isEncrypted == true)
        }
        _ = try await server.sql("ALTER USER 'sha'@'%' IDENTIFIED BY 'three'")
        let changed = Login(user: "sha", password: Secret("three"))
        for _ in 0..<2 {
            #expect(await connect(server, "127.0.0.1", .disabled, as: changed).error == nil)
        }
        #expect(await connect(server, "127.0.0.1", .disabled, as: login).error?.serverCode == 1_045)
    }

    @Test(arguments: Kind.allCases)
    func `the socket's owner needs no password`(_ kind: Kind) async throws {
        let server = try ThrowawayServer.shared(kind)
        let name = try await ChildProcess.run("id", ["-un"]).filter { !$0.isWhitespace }
        let (plugin, method) =
            kind == .mariadb
            ? ("INSTALL SONAME 'auth_socket'", "VIA unix_socket")
            : ("INSTALL PLUGIN auth_socket SONAME 'auth_socket.so'", "WITH auth_socket")
        // MariaDB has it built in.
        if kind == .mysql { _ = try await server.sql(plugin) }
        _ = try await server.sql("CREATE USER IF NOT EXISTS '\(name)'@'localhost'")
        _ = try await server.sql("ALTER USER '\(name)'@'localhost' IDENTIFIED \(method)")
        var endpoint = Endpoint.local(server.port)
        endpoint.address = .socket(path: server.socketPath)
        let session = try await Session.connect(to: endpoint, as: Login(user: name, password: nil))
        #expect(try await session.query("SELECT 1").rows.map(\.values) == [["1"]])
        await session.close()
        // Elsewhere the same account has no way in.
        let error = await connect(
            server,
            "127.0.0.1",
            .disabled,
            as: Login(user: name, password: nil)
        ).error
        #expect(error?.isAuthenticationFailure == true)
    }

    @Test
    func `an account with a harmless method gets in where the server's default gives the password away`()
        async throws
    {
        let server = FakeServer([
            .greeting(plugin: "caching_sha2_password"), .receive,
            .authenticationSwitch(plugin: "mysql_native_password"), .receive, .ok(4),
        ])
        let session = try await Session.connect(
            to: .local(server.port, host: Self.notLoopback),
            as: .hostcached
        )
        await session.close()
    }

    /// The fingerprint of the certificate that MySQL made for itself.
    private func fingerprint(of server: ThrowawayServer) async throws -> String {
        let data = server.socketPath.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        let line = try await ChildProcess.run(
            "openssl",
            ["x509", "-noout", "-fingerprint", "-sha1", "-in", data + "/data/server-cert.pem"]
        )
        return String((line.split(separator: "=").last ?? "").filter(\.isHexDigit))
    }
}
