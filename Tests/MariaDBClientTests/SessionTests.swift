import MariaDBClient
import Secrets
import TestSupport
import TestTraits
import Testing

@Suite(.servers, .tags(.server), .timeLimit(.minutes(5))) struct SessionTests {
    typealias Kind = ThrowawayServer.Kind

    private func session(
        _ kind: Kind,
        from source: String? = nil,
        queryTimeout: Duration = .seconds(20)
    ) async throws -> Session {
        let port = try ThrowawayServer.shared(kind).port
        let endpoint = Endpoint.local(port, from: source, queryTimeout: queryTimeout)
        return try await Session.connect(to: endpoint, as: .hostcached)
    }

    @Test(arguments: Kind.allCases)
    func `a result arrives whole, with NULL, empty values and any byte`(_ kind: Kind) async throws {
        let session = try await session(kind)
        let result = try await session.query(
            "SELECT 1 AS a, NULL AS `b c`, '' AS d UNION ALL SELECT 2, 'ä€𝄞', CONCAT('x', CHAR(0), 'y')"
        )
        #expect(
            result
                == ResultSet(
                    columns: ["a", "b c", "d"],
                    values: [["1", nil, ""], ["2", "ä€𝄞", "x\0y"]],
                    warningCount: 0
                )
        )
        let bytes = try await session.query("SELECT X'41FF42'")
        #expect(bytes.rows.map(\.values) == [["A\u{FFFD}B"]])
        await session.close()
    }

    @Test(arguments: Kind.allCases)
    func `rows are handed over one by one, by the columns asked for`(_ kind: Kind) async throws {
        let session = try await session(kind)
        let sql = "SELECT 1 AS a, NULL AS b, 'x' AS c UNION ALL SELECT 2, '7.9', 'ä'"
        let seen = try await session.read(sql, columns: ["c", "b"], atMost: 10, into: [[String?]]()) {
            seen,
            row in
            seen.append([row.text(0), row.text(1), row.wholeNumber(1).map { "\($0)" }, "\(row.isNull(1))"])
        }
        #expect(seen == [["x", nil, nil, "true"], ["ä", "7.9", "7", "false"]])

        let error = await failure { () async throws(MariaDBError) in
            try await session.read(sql, columns: ["c", "d"], atMost: 10, into: 0) { count, _ in count += 1 }
        }
        #expect(error?.operation == .read)
        #expect(error?.message == "the result has no column d, only: a, b, c")
        let refused = await failure { () async throws(MariaDBError) in
            try await session.read("SELEKT 1", columns: [], atMost: 10, into: 0) { count, _ in count += 1 }
        }
        #expect(refused?.code == 1_064)
        // The rows nobody took are not left in the connection.
        #expect(try await session.query("SELECT 3").rows.map(\.values) == [["3"]])
        await session.close()
    }

    @Test(
        arguments: [
            ("0", 0), ("12", 12), ("007", 7), ("12.99", 12), ("12.", 12), ("18446744073709551615", .max),
            ("18446744073709551616", nil), ("", nil), (".5", nil), ("-1", nil), ("12x", nil), (" 1", nil),
        ] as [(String, UInt64?)]
    )
    func `a whole number is digits, whatever fraction follows`(text: String, number: UInt64?) async throws {
        let session = try await session(.mariadb)
        let read = try await session.read(
            "SELECT '\(text)' AS n",
            columns: ["n"],
            atMost: 10,
            into: [UInt64?]()
        ) {
            read,
            row in
            read.append(row.wholeNumber(0))
        }
        #expect(read == [number])
        await session.close()
    }

    @Test(arguments: Kind.allCases)
    func `a statement without a result has no columns, and warnings are counted`(_ kind: Kind) async throws {
        let session = try await session(kind)
        #expect(try await session.query("DO 0") == ResultSet(columns: [], values: [], warningCount: 0))
        let none = try await session.query("SELECT 1 AS a FROM (SELECT 1) AS t WHERE FALSE")
        #expect(none == ResultSet(columns: ["a"], values: [], warningCount: 0))
        #expect(try await session.query("SELECT CAST('x' AS SIGNED)").warningCount == 1)
        await session.close()
    }

    @Test(arguments: Kind.allCases)
    func `an SQL error carries code and state, and the session goes on`(_ kind: Kind) async throws {
        let session = try await session(kind)
        let error = await failure { () async throws(MariaDBError) in try await session.query("SELEKT 1") }
        #expect(error?.operation == .query)
        #expect(error?.code == 1_064)
        #expect(error?.sqlState == "42000")
        #expect(error?.message.contains("SELEKT") == true)
        let forbidden = await failure { () async throws(MariaDBError) in
            try await session.query("DROP TABLE mysql.user")
        }
        #expect(forbidden?.isPrivilegeFailure == true)
        #expect(try await session.query("SELECT 7").rows.map(\.values) == [["7"]])
        await session.close()
    }

    @Test(arguments: Kind.allCases)
    func `the server sees the source address that was asked for`(_ kind: Kind) async throws {
        for (source, host) in [(nil, "localhost"), ("127.0.0.2", "127.0.0.2")] {
            let session = try await session(kind, from: source)
            #expect(try await session.query("SELECT USER()").rows.map(\.values) == [["hostcached@\(host)"]])
            await session.close()
        }
    }

    @Test(arguments: Kind.allCases)
    func `the socket works, and the version is the server's`(_ kind: Kind) async throws {
        let server = try ThrowawayServer.shared(kind)
        var endpoint = Endpoint.local(server.port)
        endpoint.address = .socket(path: server.socketPath)
        let session = try await Session.connect(to: endpoint, as: .hostcached)
        #expect(try await session.query("SELECT VERSION()").rows.map(\.values) == [[session.serverVersion]])
        await session.close()
    }

    @Test(arguments: Kind.allCases)
    func `the server can tell our connections by their program name`(_ kind: Kind) async throws {
        let session = try await session(kind)
        let id = try #require(
            try await session.query("SELECT CONNECTION_ID()").rows.first?.values.first ?? nil
        )
        // Only the administrator may read them.
        let name = try await ThrowawayServer.shared(kind).sql(
            """
            SELECT ATTR_VALUE FROM performance_schema.session_connect_attrs
            WHERE ATTR_NAME = 'program_name' AND PROCESSLIST_ID = \(id)
            """
        )
        #expect(name == "hostcached")
        await session.close()
    }

    @Test(arguments: Kind.allCases)
    func `a wrong password is an authentication failure`(_ kind: Kind) async throws {
        let port = try ThrowawayServer.shared(kind).port
        for password in [Secret("wrong"), nil] {
            let error = await failure { () async throws(MariaDBError) in
                try await Session.connect(to: .local(port), as: Login(user: "hostcached", password: password))
            }
            #expect(error?.code == 1_045)
            #expect(error?.isAuthenticationFailure == true)
        }
    }

    @Test func `a server that offers no TLS is refused when TLS is asked for`() async throws {
        try ThrowawayServer.Kind.mariadb.skipUnlessExpected()
        // From 11.4 on a server makes a certificate for itself.
        try await ThrowawayServer.with(.mariadb, options: ["--skip-ssl"]) { server in
            let endpoint = Endpoint.local(server.port, tls: .verifyIdentity(caFile: nil))
            let error = await failure { () async throws(MariaDBError) in
                try await Session.connect(to: endpoint, as: .hostcached)
            }
            #expect(
                error
                    == MariaDBError(
                        operation: .connect(endpoint.address),
                        cause: .reported,
                        code: 2_026,
                        sqlState: "HY000",
                        message:
                            "TLS/SSL error: SSL is required, but the server does not support it; no TLS is "
                            + "offered, so nothing was sent: turn it on at the server, or use tls mode disabled "
                            + "(--tls disabled), where anybody on the way can read and change what is sent"
                    )
            )
        }
    }

    @Test func `a certificate that a server made for itself is refused`() async throws {
        let endpoint = Endpoint.local(
            try ThrowawayServer.shared(.mysql).port,
            tls: .verifyIdentity(caFile: nil)
        )
        let error = await failure { () async throws(MariaDBError) in
            try await Session.connect(to: endpoint, as: .hostcached)
        }
        #expect(error?.code == 2_026)
    }

    @Test(arguments: Kind.allCases)
    func `LOAD DATA LOCAL is refused`(_ kind: Kind) async throws {
        let session = try await session(kind)
        let error = await failure { () async throws(MariaDBError) in
            try await session.query("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE mysql.user")
        }
        #expect(error?.code == (kind == .mariadb ? 4_166 : 3_948))
        await session.close()
    }

    @Test(arguments: Kind.allCases)
    func `a blocked host is recognized, with TLS asked for too`(_ kind: Kind) async throws {
        let server = try ThrowawayServer.shared(kind)
        _ = try await server.sql("SET GLOBAL max_connect_errors = 2")
        let source = "127.0.0.3"
        await HealthChecker(target: server.port, from: [source], connectionsPerCheck: 2) { .zero }.check()
        let spent = "SELECT SUM_CONNECT_ERRORS FROM performance_schema.host_cache WHERE IP = '\(source)'"
        try await waitUntil("\(kind) has counted") { try await server.sql(spent) == "2" }
        var errors: [MariaDBError?] = []
        for tls in [Endpoint.TLS.disabled, .verifyIdentity(caFile: nil)] {
            let endpoint = Endpoint.local(server.port, tls: tls, from: source)
            errors.append(
                await failure { () async throws(MariaDBError) in
                    try await Session.connect(to: endpoint, as: .hostcached)
                }
            )
        }
        #expect(errors.map { $0?.serverCode } == [1_129, 1_129])
        #expect(errors.map { $0?.isHostBlocked } == [true, true])
        #expect(errors.map { $0?.code } == [1_129, 2_002])
        #expect(errors.map { $0?.refusedHost } == [source, source])
        #expect(errors.map { $0?.localAddress } == [source, source])
        #expect(errors.map { $0?.namesMariaDB } == [kind == .mariadb, kind == .mariadb])
    }

    @Test(arguments: Kind.allCases)
    func `a statement that takes too long ends the session with an unknown outcome`(_ kind: Kind) async throws
    {
        let session = try await session(kind, queryTimeout: .milliseconds(500))
        let start = ContinuousClock.now
        let error = await failure { () async throws(MariaDBError) in
            try await session.query("SELECT SLEEP(120)")
        }
        let elapsed = ContinuousClock.now - start
        #expect(error == .timedOut(.query, "0.5 seconds"))
        #expect(error?.outcomeIsUnknown == true)
        #expect(elapsed >= .milliseconds(500) && elapsed < .seconds(60))
        let next = await failure { () async throws(MariaDBError) in try await session.query("SELECT 1") }
        #expect(next?.cause == .ended)
        await session.close()
    }

    @Test(arguments: Kind.allCases)
    func `cancelling a statement ends it promptly`(_ kind: Kind) async throws {
        let server = try ThrowawayServer.shared(kind)
        let session = try await session(kind, queryTimeout: .seconds(120))
        let statement = "SELECT SLEEP(119)"
        let error = try await withThrowingTaskGroup(of: MariaDBError?.self) { group in
            group.addTask {
                await failure { () async throws(MariaDBError) in try await session.query(statement) }
            }
            try await server.waitUntilRunning(statement)
            let start = ContinuousClock.now
            group.cancelAll()
            let error = try await group.next() ?? nil
            #expect(ContinuousClock.now - start < .seconds(60))
            return error
        }
        #expect(error?.isCancellation == true)
        #expect(error?.outcomeIsUnknown == true)
    }
}
