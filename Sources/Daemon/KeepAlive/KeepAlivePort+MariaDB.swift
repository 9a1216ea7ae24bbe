import Configuration
import MariaDBClient
import Secrets

extension KeepAlivePort {
    /// Logins to a configured server through libmariadb.
    ///
    /// - Parameters:
    ///   - keepAlive: Where to log in, and as whom.
    ///   - server: The server itself.
    ///   - logins: Those of the server's own account, shared with its loop.
    ///   - timekeeper: The clocks.
    /// - Returns: The port; nothing is opened yet.
    static func mariaDB(
        _ keepAlive: DaemonConfiguration.Server.KeepAlive,
        of server: DaemonConfiguration.Server,
        logins: PacedLogins,
        timekeeper: Timekeeper
    ) -> KeepAlivePort {
        let touches = PacedLogins(
            passwordFile: keepAlive.passwordFile,
            isRefusal: { $0.reason == .auth && !$0.isOfAddress },
            timekeeper: timekeeper
        )
        let nodes = NodeLogins(timekeeper)
        let resolver = NameResolver.live()
        return KeepAlivePort(
            resolve: { Set(try await resolver.addresses($0)) },
            login: { address in
                var endpoint = Endpoint(server)
                endpoint.address = .tcp(host: address, port: keepAlive.port)
                endpoint.tls = Endpoint.TLS(keepAlive.tls)
                return try await touches.login { password in
                    try await nodes.login(through: address) {
                        try await host(at: endpoint, as: Login(user: keepAlive.user, password: password))
                    }
                }
            },
            directHost: {
                try await logins.login { password in
                    try await host(at: Endpoint(server), as: Login(user: server.user, password: password))
                }
            },
            interfaces: { try Interfaces.addresses() },
            isProven: { touches.isProven }
        )
    }

    /// The statement; it needs no privilege.
    package static let statement = "SELECT USER()"

    /// What the server sees of a connection of its own.
    private static func host(at endpoint: Endpoint, as login: Login) async throws -> String {
        do {
            let session = try await Session.connect(to: endpoint, as: login)
            try await KnownSession(queryTimeout: endpoint.queryTimeout, idleLimit: .seconds(30)).begin(
                session
            )
            let answer = try await session.query(statement + ObservationReader.mark)
            await session.close()
            // A user name may have an @ in it, a host has none.
            guard let user = answer.rows.first?.values.first ?? nil, let at = user.lastIndex(of: "@") else {
                throw ServerFailure(unexpected: "USER() has no host")
            }
            return String(user[user.index(after: at)...])
        } catch let error as MariaDBError {
            try Task.checkCancellation()
            throw ServerFailure(error)
        }
    }
}
