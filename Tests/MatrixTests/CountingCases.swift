import HostCacheCore
import MariaDBClient
import TestSupport
import Testing

extension Matrix {
    /// What counts toward the block, and what does not.
    @Suite(.reported) struct CountingCases {
        @Test(arguments: Kind.matrix)
        func `count: each check that ends after the greeting`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(5)
                let row = try #require(try await subject.row())
                #expect(row.isValidated)
                #expect([row.connectErrors, row.handshakeErrors, row.blockedConnections] == [5, 5, 0])
                #expect(row.spent == 5)
            }
        }

        @Test(arguments: Kind.matrix)
        func `count: no wrong password`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                for _ in 0..<3 {
                    #expect(try await subject.refusal(password: "wrong") == 1045)
                }
                let row = try #require(try await subject.row())
                #expect([row.connectErrors, row.handshakeErrors] == [0, 0])
            }
        }

        @Test(arguments: Kind.matrix)
        func `count: no check from 127.0.0.1`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                _ = try await subject.server.sql("SET GLOBAL max_connect_errors = 1")
                try await subject.spend(3, from: "127.0.0.1")
                #expect(try await subject.look().rows.isEmpty)
                #expect(await subject.check(from: "127.0.0.1").greetings == 1)
            }
        }

        @Test(arguments: Kind.matrix)
        func `count: nothing while the name service cannot say who it is`(_ kind: Kind) async throws {
            try await on(kind, .namesUnreachable) { subject in
                _ = try await subject.server.sql("SET GLOBAL max_connect_errors = 3")
                try await subject.spend(6)
                let look = try await subject.look()
                let row = try #require(look.rows.first)
                #expect(!row.isValidated)
                #expect([row.connectErrors, row.handshakeErrors, row.spent] == [0, 6, 0])
                #expect(!row.isBlocked(limit: look.limit))
                #expect(await !subject.isRefused())
            }
        }

        @Test(arguments: Kind.matrix)
        func `login: sets the sum to zero and leaves the count`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(4)
                #expect(try await subject.refusal() == nil)
                let row = try #require(try await subject.row())
                #expect([row.connectErrors, row.handshakeErrors] == [0, 4])
            }
        }

        @Test(arguments: Kind.matrix)
        func `login: with an unknown database sets nothing to zero`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                _ = try await subject.server.sql("CREATE USER IF NOT EXISTS 'bare'@'%' IDENTIFIED BY ''")
                try await subject.spend(4)
                let answer = try BareLogin.answer(
                    port: subject.server.port,
                    from: Subject.balancer,
                    user: "bare",
                    database: "no_such_database",
                    method: kind.flavour == .mysql ? "caching_sha2_password" : "mysql_native_password"
                )
                guard case .refusal(let code, _) = answer else {
                    Issue.record("the server took the login: \(answer)")
                    return
                }
                // 1044 is for accounts that may not know whether the database exists.
                #expect(code == 1044 || code == 1049)
                let row = try #require(try await subject.row())
                #expect([row.connectErrors, row.handshakeErrors] == [4, 4])
            }
        }

        @Test(arguments: Kind.matrix)
        func `columns: found by name in whatever order`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(2)
                let columns = try await subject.server.sql(
                    """
                    SELECT COLUMN_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = 'performance_schema' \
                    AND TABLE_NAME = 'host_cache' ORDER BY ORDINAL_POSITION
                    """
                ).split(separator: "\n").map(String.init)
                #expect(columns.count == (subject.version.hasLockedAccountColumns ? 31 : 29))

                let session = try await subject.session()
                let result = try await session.query(
                    "SELECT \(columns.reversed().joined(separator: ", ")) FROM performance_schema.host_cache"
                )
                await session.close()
                let row = try #require(result.rows.first)
                #expect(try row["IP"] == Subject.balancer)
                #expect(try row["HOST_VALIDATED"] == "YES")
                #expect(try row["SUM_CONNECT_ERRORS"] == "2")
                #expect(try row["COUNT_HANDSHAKE_ERRORS"] == "2")
            }
        }
    }
}

extension ServerVersion {
    /// Whether `host_cache` has the two columns for locked accounts (`pfs_dd_version.h`, 9.6).
    fileprivate var hasLockedAccountColumns: Bool { flavour == .mysql && isAtLeast(9, 6, 0) }
}
