import HostCacheCore
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

    /// Where the binary log ends, and which transactions it holds.
    fileprivate func binaryLog() async throws -> String {
        try await server.sql(
            kind.flavour == .mysql
                ? "SHOW BINARY LOG STATUS; SELECT @@global.gtid_executed"
                : "SHOW MASTER STATUS; SELECT @@global.gtid_binlog_pos"
        )
    }
}
