package import Configuration
import HostCacheCore
package import MariaDBClient

extension ServerPort {
    /// The port to a configured server through libmariadb.
    ///
    /// - Parameters:
    ///   - server: The configured server.
    ///   - logins: Those of its account; they read the password file at each connect.
    ///   - timekeeper: The clocks.
    /// - Returns: The port; nothing is opened yet.
    package static func mariaDB(
        _ server: DaemonConfiguration.Server,
        logins: PacedLogins,
        timekeeper: Timekeeper
    ) -> ServerPort {
        ServerPort {
            try await logins.login { password in
                try await .open(
                    Endpoint(server),
                    as: Login(user: server.user, password: password),
                    named: server.address.description,
                    timekeeper: timekeeper
                )
            }
        }
    }
}

extension ServerConnection {
    /// Connects; throws ``ServerFailure`` or `CancellationError`.
    package static func open(
        _ endpoint: Endpoint,
        as login: Login,
        named name: String,
        timekeeper: Timekeeper
    ) async throws -> ServerConnection {
        let session: Session
        do {
            session = try await Session.connect(to: endpoint, as: login)
        } catch {
            try Task.checkCancellation()
            throw ServerFailure(error)
        }
        let reader = ObservationReader(endpoint: name, timekeeper: timekeeper)
        return ServerConnection(
            observe: { try await reader.read(session) },
            execute: { sql in
                do {
                    _ = try await session.ask(sql)
                } catch let failure as ServerFailure {
                    reader.note(failure, of: sql)
                    throw failure
                }
            },
            close: { await session.close() }
        )
    }
}

extension Endpoint {
    /// Where and how to connect to a configured server.
    package init(_ server: DaemonConfiguration.Server) {
        let address: Endpoint.Address =
            switch server.address {
            case .tcp(let host, let port): .tcp(host: host, port: port)
            case .socket(let path): .socket(path: path)
            }
        self.init(
            address: address,
            tls: Endpoint.TLS(server.tls),
            sourceAddress: nil,
            connectTimeout: server.connectTimeout,
            queryTimeout: server.queryTimeout
        )
    }
}

extension Endpoint.TLS {
    /// What protects a configured connection.
    init(_ tls: DaemonConfiguration.Server.TLS) {
        self =
            switch tls {
            case .disabled: .disabled
            case .verifyIdentity(let authorities): .verifyIdentity(caFile: authorities)
            case .fingerprint(let fingerprint): .fingerprint(fingerprint)
            }
    }
}
