package import Configuration
import HostCacheCore
package import MariaDBClient

extension ServerPort {
    /// The port to a configured server through libmariadb.
    ///
    /// - Parameters:
    ///   - server: The configured server.
    ///   - logins: Those of its account; they read the password file at each connect.
    ///   - idleLimit: After how much silence the server ends the session; nil sets nothing.
    ///   - timekeeper: The clocks.
    /// - Returns: The port; nothing is opened yet.
    package static func mariaDB(
        _ server: DaemonConfiguration.Server,
        logins: PacedLogins,
        idleLimit: Duration?,
        timekeeper: Timekeeper
    ) -> ServerPort {
        ServerPort {
            try await logins.login { password in
                try await .open(
                    Endpoint(server),
                    as: Login(user: server.user, password: password),
                    named: server.address.description,
                    idleLimit: idleLimit,
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
        idleLimit: Duration? = nil,
        timekeeper: Timekeeper
    ) async throws -> ServerConnection {
        let session: Session
        do {
            session = try await Session.connect(to: endpoint, as: login)
        } catch {
            try Task.checkCancellation()
            throw ServerFailure(error)
        }
        if let idleLimit {
            do {
                _ = try await session.ask(LeadershipLock.idleLimit(idleLimit))
            } catch let failure as ServerFailure where !failure.losesConnection {
                // Refused, the lock of a frozen daemon stays longer; nothing else depends on it.
            }
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
            seekLeadership: { try await LeadershipLock.seek(session) },
            leader: {
                guard let holder = try await LeadershipLock.holder(session).holder else { return nil }
                return try await LeadershipLock.name(of: holder, session)
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
