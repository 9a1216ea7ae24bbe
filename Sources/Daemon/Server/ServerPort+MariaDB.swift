package import Configuration
import HostCacheCore
package import MariaDBClient
import Secrets

extension ServerPort {
    /// The port to a configured server through libmariadb.
    ///
    /// The password file is read at each connect, so that a rotated one is picked up.
    package static func mariaDB(_ server: DaemonConfiguration.Server, timekeeper: Timekeeper) -> ServerPort {
        ServerPort {
            let password = try server.password()
            return try await .open(
                Endpoint(server),
                as: Login(user: server.user, password: password),
                named: server.address.description,
                timekeeper: timekeeper
            )
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

extension DaemonConfiguration.Server {
    fileprivate func password() throws -> Secret<String>? {
        do {
            return try passwordFile.map { try PasswordFile.read($0) }
        } catch let error as PasswordFileError {
            throw ServerFailure(
                .auth,
                code: nil,
                message: "\(error)",
                outcomeIsUnknown: false,
                losesConnection: false
            )
        }
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
        let tls: Endpoint.TLS =
            switch server.tls {
            case .disabled: .disabled
            case .verifyIdentity(let authorities): .verifyIdentity(caFile: authorities)
            }
        self.init(
            address: address,
            tls: tls,
            sourceAddress: nil,
            connectTimeout: server.connectTimeout,
            queryTimeout: server.queryTimeout
        )
    }
}
