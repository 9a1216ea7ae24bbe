package import Configuration
import HostCacheCore
package import MariaDBClient

extension ServerPort {
    /// The port to a configured server through libmariadb.
    ///
    /// - Parameters:
    ///   - server: The configured server.
    ///   - logins: Those of its account; they read the password file at each connect.
    ///   - idleLimit: After how much silence the server ends the session.
    ///   - timekeeper: The clocks.
    /// - Returns: The port; nothing is opened yet.
    package static func mariaDB(
        _ server: DaemonConfiguration.Server,
        logins: PacedLogins,
        idleLimit: Duration,
        timekeeper: Timekeeper
    ) -> ServerPort {
        let ghosts = Ghosts()
        let name = server.address.description
        let reader = ObservationReader(endpoint: name, timekeeper: timekeeper)
        return ServerPort {
            try await logins.login { password in
                try await .open(
                    Endpoint(server),
                    as: Login(user: server.user, password: password),
                    named: name,
                    idleLimit: idleLimit,
                    ghosts: ghosts,
                    reader: reader,
                    timekeeper: timekeeper
                )
            }
        }
    }
}

extension ServerConnection {
    /// Connects and makes the session a known one.
    ///
    /// - Parameters:
    ///   - endpoint: The server, and how it may be talked to.
    ///   - login: Who logs in.
    ///   - name: What names the server where it says nothing that does.
    ///   - idleLimit: After how much silence the server ends the session.
    ///   - ghosts: Our connections of before, which this one ends; it is added where it is given up itself.
    ///   - known: That of the connections before, which knows what they learnt; nil where there were none.
    ///   - timekeeper: The clocks.
    /// - Returns: The connection.
    /// - Throws: ``ServerFailure`` or `CancellationError`.
    package static func open(
        _ endpoint: Endpoint,
        as login: Login,
        named name: String,
        idleLimit: Duration,
        ghosts: Ghosts,
        reader known: ObservationReader? = nil,
        timekeeper: Timekeeper
    ) async throws -> ServerConnection {
        let session: Session
        do {
            session = try await Session.connect(to: endpoint, as: login)
        } catch {
            try Task.checkCancellation()
            throw ServerFailure(error)
        }
        let openedAt = timekeeper.now()
        let close: @Sendable () async -> Void = {
            if await !session.close() { ghosts.add(session.connectionID, openedAt: openedAt) }
        }
        do {
            try await KnownSession(queryTimeout: endpoint.queryTimeout, idleLimit: idleLimit).begin(session)
        } catch {
            await close()
            throw error
        }
        let reader = known ?? ObservationReader(endpoint: name, timekeeper: timekeeper)
        reader.connectionBegins()
        return ServerConnection(
            observe: {
                try await ghosts.end(through: session, at: timekeeper.now())
                return try await reader.read(session)
            },
            execute: { sql in
                do {
                    try await session.send(sql)
                } catch var failure as ServerFailure {
                    reader.note(failure, of: sql)
                    if failure.code == 1205 { failure.message += try await LockHolders.sentence(session) }
                    throw failure
                }
            },
            seekLeadership: { try await LeadershipLock.seek(session, ghosts) },
            leader: {
                guard let holder = try await LeadershipLock.holder(session).holder else { return nil }
                return try await LeadershipLock.name(of: holder, session)
            },
            close: close,
            peer: session.peerAddress?.split(separator: "%").first.map { IPAddress.canonical(String($0)) }
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
            // The server gives up a lock after 1 s at the soonest, and its answer is to arrive.
            queryTimeout: max(server.queryTimeout, .milliseconds(1500))
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
