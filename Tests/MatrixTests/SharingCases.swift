import Daemon
import HostCacheCore
import MariaDBClient
import Secrets
import TestSupport
import Testing

extension Matrix {
    /// What several daemons, a load balancer's address and the account's roles mean on each server.
    @Suite(.reported) struct SharingCases {
        @Test(arguments: Kind.matrix)
        func `lock: one connection has it, the next gets it when that one ends`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let first = try await subject.connection()
                #expect(try await first.seekLeadership() == .holder)
                let second = try await subject.connection()
                let leadership = try await second.seekLeadership()
                guard case .follower(of: .some) = leadership else {
                    Issue.record("the second connection is \(leadership)")
                    return
                }
                #expect(try await second.leader()?.contains("hostcached@") == true)
                #expect(try await first.seekLeadership() == .holder)
                await first.close()
                try await waitUntil("\(kind) gives the lock to the second") {
                    try await second.seekLeadership() == .holder
                }
                await second.close()
            }
        }

        @Test(arguments: Kind.matrix)
        func `autocommit off: a look leaves no lock that a TRUNCATE waits for`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let truncate = "SET SESSION lock_wait_timeout = 1; \(FlushStatement.truncate.sql)"
                _ = try await subject.server.sql("SET GLOBAL autocommit = 0")
                if kind.flavour == .mysql {
                    // Why a look must not leave it off.
                    let other = try await subject.session()
                    _ = try await other.query("SELECT COUNT(*) FROM performance_schema.host_cache")
                    await #expect(throws: ChildProcessError.self) { try await subject.server.sql(truncate) }
                    await other.close()
                }
                let connection = try await subject.connection()
                _ = try await connection.observe()
                _ = try await connection.observe()
                await #expect(throws: Never.self) { try await subject.server.sql(truncate) }
                await connection.close()
            }
        }

        @Test(arguments: Kind.matrix)
        func `own block: the refusal says which address is ours`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(100)
                let failure = try await #require(throws: ServerFailure.self) {
                    try await subject.connection(from: Subject.balancer)
                }
                #expect(failure.reason == .blocked)
                #expect(failure.ownBlock?.seenAs == Subject.balancer)
                #expect(failure.ownBlock?.connectedFrom == Subject.balancer)
                // The words of the refusal name MariaDB's client program or MySQL's.
                #expect(failure.ownBlock?.flavour == (kind.flavour == .mariadb ? .mariadb : nil))
            }
        }

        @Test(arguments: Kind.matrix)
        func `keep-alive: a login of an account without privileges frees its address`(
            _ kind: Kind
        ) async throws {
            try await on(kind) { subject in
                try await subject.spend(99)
                let session = try await subject.session("app", from: Subject.balancer)
                let user = try await session.query(KeepAlivePort.statement).rows.map(\.values)
                await session.close()
                #expect(user == [["app@\(Subject.balancer)"]])
                let row = try #require(try await subject.row())
                #expect([row.connectErrors, row.handshakeErrors] == [0, 99])
                try await subject.spend(99)
                #expect(try await subject.refusal() == nil)
            }
        }

        @Test(arguments: Kind.matrix)
        func `privileges: granted through an active role count`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let level = kind.flavour == .mariadb ? "RELOAD, CONNECTION ADMIN" : "SYSTEM_VARIABLES_ADMIN"
                let table = kind.flavour == .mariadb ? "SELECT" : "SELECT, DROP"
                let activate =
                    kind.flavour == .mariadb
                    ? "SET DEFAULT ROLE watching FOR 'roled'@'%'" : "SET DEFAULT ROLE watching TO 'roled'@'%'"
                _ = try await subject.server.sql(
                    """
                    CREATE ROLE watching; GRANT \(level) ON *.* TO watching; \
                    GRANT \(table) ON performance_schema.host_cache TO watching; \
                    CREATE USER 'roled'@'%' IDENTIFIED BY 'roled'; GRANT watching TO 'roled'@'%'
                    """
                )
                let without = try await subject.look(as: "roled").privileges
                #expect([without.maySee, without.mayRaise] == [false, false])
                _ = try await subject.server.sql(activate)
                let with = try await subject.look(as: "roled").privileges
                #expect([with.maySee, with.mayRaise] == [true, true])
                #expect(kind.flavour == .mariadb ? with.mayFlush == true : with.mayTruncate == true)
                _ = try await subject.server.sql("DROP USER 'roled'@'%'; DROP ROLE watching")
            }
        }
    }
}

extension Subject {
    /// A connection as the daemon opens it, from 127.0.0.1 or from `address`; throws ``ServerFailure``.
    fileprivate func connection(from address: String? = nil) async throws -> ServerConnection {
        try await .open(
            endpoint(from: address),
            as: Login(user: "hostcached", password: Secret("watch")),
            named: "matrix",
            idleLimit: Policy().idleLimit,
            ghosts: Ghosts(),
            timekeeper: .live()
        )
    }
}
