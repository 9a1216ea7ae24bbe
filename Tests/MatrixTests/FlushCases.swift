import Daemon
import HostCacheCore
import MariaDBClient
import Secrets
import TestSupport
import Testing

extension Matrix {
    /// Which statement empties the host cache, and what it leaves alone.
    @Suite(.reported) struct FlushCases {
        @Test(arguments: Kind.matrix)
        func `flush: every statement chosen works and is verified`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                // TRUNCATE asks for a privilege that the daemon does not ask its users for.
                try await subject.mayDrop()
                let settings = try await subject.look().settings
                let candidates = FlushStatement.candidates(for: settings, with: .automatic)
                #expect(candidates == (kind.flavour == .mysql ? [.resize, .truncate] : [.flush, .truncate]))
                for statement in candidates {
                    try await subject.spend(100)
                    let before = try await subject.look()
                    #expect(try await subject.refusal() == 1129)
                    try await subject.send(
                        statement.sql,
                        as: statement == .truncate ? "dropper" : "hostcached"
                    )
                    let after = try await subject.look()
                    let outcome = FlushOutcome(
                        before: before.rows,
                        after: after.rows,
                        flushSecond: before.serverSecond,
                        isVisible: true
                    )
                    #expect(outcome == .verified)
                    #expect(try await subject.refusal() == nil)
                }
            }
        }

        @Test(arguments: Kind.matrix.filter { $0.flavour == .mysql }, ["BACKUP", "TABLES", "TRANSACTION"])
        func `lock: TRUNCATE gives up after a second and says who holds it, resizing waits for nobody`(
            _ kind: Kind,
            _ lock: String
        ) async throws {
            try await on(kind) { subject in
                try await subject.mayDrop()
                _ = try await subject.server.sql(
                    """
                    CREATE USER 'seer'@'%' IDENTIFIED BY 'seer'; GRANT SELECT ON performance_schema.* TO 'seer'@'%'; \
                    GRANT DROP ON performance_schema.host_cache TO 'seer'@'%'
                    """
                )
                try await subject.spend(100)
                let holder = try await subject.holding(lock)
                for (user, words) in [
                    ("dropper", "LOCK INSTANCE FOR BACKUP"), ("seer", "held by connection"),
                ] {
                    let connection = try await subject.connection(as: user)
                    let failure = try await #require(throws: ServerFailure.self) {
                        try await connection.execute(FlushStatement.truncate.sql)
                    }
                    #expect(failure.code == 1205)
                    #expect(failure.message.contains(words), "\(failure)")
                    // The connection goes on, and nothing of it waits at the server.
                    #expect(!failure.losesConnection)
                    #expect(try await connection.observe().rows.count == 1)
                    await connection.close()
                }
                try await subject.send(FlushStatement.resize.sql)
                #expect(try await subject.refusal() == nil)
                await holder.close()
                _ = try await subject.server.sql("DROP USER 'seer'@'%', 'keeper'@'%'")
            }
        }

        @Test(arguments: Kind.matrix, ["TABLES", "TRANSACTION"])
        func `lock: the statement of choice waits for nobody`(_ kind: Kind, _ lock: String) async throws {
            try await on(kind) { subject in
                try await subject.spend(100)
                let holder = try await subject.holding(lock)
                let connection = try await subject.connection(as: "hostcached")
                let statements = FlushStatement.allowed(on: try await connection.observe(), with: .automatic)
                try await connection.execute(statements[0].sql)
                #expect(try await subject.refusal() == nil)
                await connection.close()
                await holder.close()
                _ = try await subject.server.sql("DROP USER 'keeper'@'%'")
            }
        }

        @Test(arguments: Kind.matrix.filter { $0.flavour == .mysql })
        func `lock: rows that wait behind somebody's TRUNCATE make a look without rows`(
            _ kind: Kind
        ) async throws {
            try await on(kind) { subject in
                let holder = try await subject.holding("TRANSACTION")
                let other = try await subject.session("keeper")
                let connection = try await subject.connection(as: "hostcached")
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        _ = try? await other.query("TRUNCATE TABLE performance_schema.host_cache")
                    }
                    try await waitUntil("the TRUNCATE waits") {
                        try await subject.server.sql("SHOW PROCESSLIST").contains(
                            "Waiting for table metadata lock"
                        )
                    }
                    let seen = try await connection.observe()
                    #expect(seen.exposure == .blind)
                    #expect(seen.limit == 100)
                    guard case .unreadable(.locked, _) = seen.reading else {
                        Issue.record("\(seen.reading)")
                        return
                    }
                    await holder.close()
                    try await group.waitForAll()
                }
                #expect(try await connection.observe().reading == .complete)
                await connection.close()
                await other.close()
                _ = try await subject.server.sql("DROP USER 'keeper'@'%'")
            }
        }

        @Test(arguments: Kind.matrix.filter { $0.flavour == .mysql })
        func `privileges: a refusal is remembered over connections until the grants change`(
            _ kind: Kind
        ) async throws {
            try await on(kind) { subject in
                // With partial revokes the pattern is a name of its own, which no line of SHOW GRANTS tells.
                _ = try await subject.server.sql(
                    """
                    SET GLOBAL partial_revokes = ON; CREATE USER 'vague'@'%' IDENTIFIED BY 'vague'; \
                    GRANT SELECT, DROP ON `performance\\_schem%`.* TO 'vague'@'%'; \
                    GRANT SELECT ON performance_schema.host_cache TO 'vague'@'%'
                    """
                )
                let reader = ObservationReader(endpoint: "matrix", timekeeper: .live())
                let first = try await subject.connection(as: "vague", reader: reader)
                #expect(try await first.observe().privileges.mayTruncate == nil)
                await #expect(throws: ServerFailure.self) {
                    try await first.execute(FlushStatement.truncate.sql)
                }
                #expect(try await first.observe().privileges.mayTruncate == false)
                await first.close()
                let second = try await subject.connection(as: "vague", reader: reader)
                #expect(try await second.observe().privileges.mayTruncate == false)
                await second.close()
                _ = try await subject.server.sql("GRANT DROP ON performance_schema.host_cache TO 'vague'@'%'")
                let third = try await subject.connection(as: "vague", reader: reader)
                #expect(try await third.observe().privileges.mayTruncate == true)
                await third.close()
                _ = try await subject.server.sql("DROP USER 'vague'@'%'; SET GLOBAL partial_revokes = OFF")
            }
        }

        @Test(arguments: Kind.matrix)
        func `flush: decided for a blocked host, and frees it`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(100)
                var controller = Controller(policy: .flushing, memory: Memory(), counters: Counters())
                let assessment = controller.look(try await subject.look(), interval: .seconds(30))
                guard case .flush(let statements, .blocked) = assessment.decision else {
                    Issue.record("decided \(assessment.decision)")
                    return
                }
                try await subject.send(statements[0].sql)
                #expect(try await subject.refusal() == nil)
                #expect(try await subject.row()?.spent == 0)
            }
        }

        @Test(arguments: Kind.matrix)
        func `flush: without effect is seen as failed`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(3)
                let before = try await subject.look()
                let after = try await subject.look()
                let outcome = FlushOutcome(
                    before: before.rows,
                    after: after.rows,
                    // FIRST_SEEN may be this very second.
                    flushSecond: before.serverSecond + 2,
                    isVisible: true
                )
                #expect(outcome == .failed([Subject.balancer]))
            }
        }

        @Test(arguments: Kind.matrix)
        func `flush: refused as plain FLUSH HOSTS by MySQL, written to the binary log by MariaDB`(
            _ kind: Kind
        ) async throws {
            try await on(kind) { subject in
                let before = try await subject.binaryLog()
                switch kind.flavour {
                case .mysql:
                    for sql in ["FLUSH HOSTS", "FLUSH LOCAL HOSTS", FlushStatement.flush.sql] {
                        #expect(try await subject.refusal(ofStatement: sql) == 1064)
                    }
                    #expect(try await subject.binaryLog() == before)
                case .mariadb:
                    try await subject.send("FLUSH HOSTS")
                    #expect(try await subject.binaryLog() != before)
                }
            }
        }

        @Test(arguments: Kind.matrix)
        func `binary log: untouched by every statement sent`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.mayDrop()
                try await subject.spend(3)
                let before = try await subject.binaryLog()
                let look = try await subject.look()
                for statement in FlushStatement.candidates(for: look.settings, with: .automatic) {
                    try await subject.send(
                        statement.sql,
                        as: statement == .truncate ? "dropper" : "hostcached"
                    )
                }
                for statement in [RaiseStatement.persist, .global]
                where statement == .global || kind.flavour == .mysql {
                    try await subject.send(statement.sql(limit: 6000))
                }
                #expect(try await subject.binaryLog() == before)
            }
        }

        @Test(arguments: Kind.matrix)
        func `read-only: flush and raise go on`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(100)
                let modes = kind.flavour == .mysql ? ["read_only", "super_read_only"] : ["read_only"]
                for mode in modes { _ = try await subject.server.sql("SET GLOBAL \(mode) = 1") }
                let look = try await subject.look()
                let flush = FlushStatement.candidates(for: look.settings, with: .automatic)[0]
                try await subject.send(flush.sql)
                #expect(try await subject.look().rows == [])
                let raise = try #require(RaiseStatement.choice(for: subject.version, with: .automatic))
                try await subject.send(raise.sql(limit: 5000))
                #expect(try await subject.look().limit == 5000)
            }
        }

        @Test(arguments: Kind.matrix)
        func `read-only: TRUNCATE is refused by MariaDB`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.mayDrop()
                _ = try await subject.server.sql("SET GLOBAL read_only = 1")
                let refusal = try await subject.refusal(
                    ofStatement: FlushStatement.truncate.sql,
                    as: "dropper"
                )
                #expect(refusal == (kind.flavour == .mysql ? nil : 1290))
                #expect(refusal.map { FlushStatement.refusals.contains($0) } != false)
            }
        }
    }
}

extension Subject {
    /// Makes `dropper`, who may truncate the host cache.
    func mayDrop() async throws {
        _ = try await server.sql(
            """
            CREATE USER IF NOT EXISTS 'dropper'@'%' IDENTIFIED BY 'dropper'; \
            GRANT SELECT, DROP ON performance_schema.host_cache TO 'dropper'@'%'
            """
        )
    }

    /// A connection as the daemon opens it.
    fileprivate func connection(
        as user: String,
        reader: ObservationReader? = nil
    ) async throws -> ServerConnection {
        try await .open(
            endpoint(),
            as: Login(user: user, password: Secret(user == "hostcached" ? "watch" : user)),
            named: "matrix",
            idleLimit: Policy().idleLimit,
            ghosts: Ghosts(),
            reader: reader,
            timekeeper: .live()
        )
    }

    /// A session that makes `TRUNCATE` wait until it ends.
    fileprivate func holding(_ lock: String) async throws -> Session {
        _ = try await server.sql(
            """
            CREATE USER IF NOT EXISTS 'keeper'@'%' IDENTIFIED BY 'keeper'; \
            GRANT \(kind.flavour == .mysql ? "BACKUP_ADMIN, " : "")RELOAD ON *.* TO 'keeper'@'%'; \
            GRANT SELECT, DROP ON performance_schema.host_cache TO 'keeper'@'%'
            """
        )
        let session = try await session("keeper")
        switch lock {
        case "BACKUP": _ = try await session.query("LOCK INSTANCE FOR BACKUP")
        case "TABLES": _ = try await session.query("FLUSH TABLES WITH READ LOCK")
        default:
            _ = try await session.query("BEGIN")
            _ = try await session.query("SELECT COUNT(*) FROM performance_schema.host_cache")
        }
        return session
    }

    /// Where the binary log ends, and which transactions it holds.
    fileprivate func binaryLog() async throws -> String {
        try await server.sql(
            kind.flavour == .mysql
                ? "SHOW BINARY LOG STATUS; SELECT @@global.gtid_executed"
                : "SHOW MASTER STATUS; SELECT @@global.gtid_binlog_pos"
        )
    }
}
