import HostCacheCore
import MariaDBClient
import TestSupport
import Testing

extension Matrix {
    /// When a host is refused, through which doors, and how raising the limit ends it.
    @Suite(.reported) struct BlockingCases {
        @Test(arguments: Kind.matrix)
        func `block: once the errors equal the limit`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                _ = try await subject.server.sql("SET GLOBAL max_connect_errors = 5")
                try await subject.spend(4)
                let below = try await subject.look()
                #expect(below.rows.map { $0.isBlocked(limit: below.limit) } == [false])
                try await subject.spend(1)
                let at = try await subject.look()
                #expect(at.rows.map { $0.isBlocked(limit: at.limit) } == [true])
                #expect(await subject.isRefused())
                #expect(try await subject.refusal() == 1129)
                let refused = try #require(try await subject.row())
                #expect(
                    [refused.connectErrors, refused.handshakeErrors, refused.blockedConnections] == [5, 5, 2]
                )
            }
        }

        @Test(arguments: Kind.matrix)
        func `block: ends at once when the limit is raised`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(100)
                #expect(try await subject.refusal() == 1129)
                let look = try await subject.look()
                var controller = Controller(policy: .enforcing, memory: Memory(), counters: Counters())
                let assessment = controller.look(look, interval: .seconds(30))
                let statement: RaiseStatement = kind.flavour == .mysql ? .persist : .global
                #expect(assessment.forecast.blocked.map(\.row.address) == [Subject.balancer])
                #expect(assessment.decision == .raise(statement, to: 5000))
                #expect(try await subject.send(statement.sql(limit: 5000)) == 0)
                #expect(try await subject.look().limit == 5000)
                #expect(try await subject.refusal() == nil)
            }
        }

        @Test(arguments: Kind.matrix)
        func `block: never through the socket or from 127.0.0.1`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                try await subject.spend(100)
                #expect(try await subject.refusal() == 1129)
                #expect(try await subject.refusal(from: "127.0.0.1") == nil)
                // The administrator's client comes through the socket.
                #expect(try await subject.server.sql("SELECT 1") == "1")
            }
        }

        @Test(arguments: Kind.matrix)
        func `block: through the second port too`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                #expect(await subject.check(port: subject.sidePort).greetings == 1)
                try await subject.spend(100)
                #expect(await subject.isRefused(port: subject.sidePort))
            }
        }

        @Test(arguments: Kind.matrix)
        func `block: leaves sessions that are open alone`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let session = try await subject.session("app", from: Subject.balancer)
                try await subject.spend(100)
                #expect(try await subject.refusal() == 1129)
                #expect(try await session.query("SELECT 1").rows.map(\.values) == [["1"]])
                await session.close()
            }
        }

        @Test(arguments: Kind.matrix)
        func `limit: clamped with a warning when out of range`(_ kind: Kind) async throws {
            try await on(kind) { subject async throws in
                #expect(try await subject.send("SET GLOBAL max_connect_errors = 0") == 1)
                #expect(try await subject.look().limit == 1)
                // The most that the configuration accepts is held by both flavours.
                #expect(try await subject.send("SET GLOBAL max_connect_errors = 4294967295") == 0)
                #expect(try await subject.look().limit == 4_294_967_295)
                let isClamped = kind.flavour == .mariadb
                #expect(
                    try await subject.send("SET GLOBAL max_connect_errors = 4294967296")
                        == (isClamped ? 1 : 0)
                )
                #expect(try await subject.look().limit == (isClamped ? 4_294_967_295 : 4_294_967_296))
            }
        }

        @Test(arguments: Kind.matrix)
        func `limit: persisted by MySQL only`(_ kind: Kind) async throws {
            try await on(kind) { subject async throws in
                let sql = RaiseStatement.persist.sql(limit: 4000)
                #expect(try await subject.refusal(ofStatement: sql) == (kind.flavour == .mysql ? nil : 1064))
                let wanted: RaiseStatement = kind.flavour == .mysql ? .persist : .global
                #expect(RaiseStatement.choice(for: subject.version, with: .automatic) == wanted)
                #expect(try await subject.look().limit == (kind.flavour == .mysql ? 4000 : 100))
            }
        }
    }
}

extension Policy {
    /// Everything allowed.
    static var enforcing: Policy {
        var policy = Policy()
        policy.isEnforcing = true
        return policy
    }

    /// Flushes and nothing else.
    static var flushing: Policy {
        var policy = enforcing
        policy.actions = [.flush]
        return policy
    }
}
