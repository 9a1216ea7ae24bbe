import HostCacheCore
import TestSupport
import Testing

extension Matrix {
    /// What a server can do and show: "cannot block", "blind" and "visible and empty" are three things.
    @Suite(.reported) struct ExposureCases {
        @Test(arguments: Kind.matrix)
        func `exposure: visible and empty on a clean server`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                let look = try await subject.look()
                #expect(look.rows == [])
                #expect(look.exposure == .visible)
            }
        }

        @Test(arguments: Kind.matrix)
        func `exposure: cannot block with skip_name_resolve`(_ kind: Kind) async throws {
            try await on(kind, .skipNameResolve) { subject in
                _ = try await subject.server.sql("SET GLOBAL max_connect_errors = 1")
                try await subject.spend(5)
                #expect(await !subject.isRefused())
                let look = try await subject.look()
                #expect(look.rows == [])
                #expect(look.exposure == .cannotBlock(.skipNameResolve))
                #expect(subject.decision(on: look) == .hold)
            }
        }

        @Test(arguments: Kind.matrix)
        func `exposure: cannot block with host_cache_size 0`(_ kind: Kind) async throws {
            try await on(kind) { subject in
                _ = try await subject.server.sql(
                    "SET GLOBAL host_cache_size = 0; SET GLOBAL max_connect_errors = 1"
                )
                try await subject.spend(5)
                #expect(await !subject.isRefused())
                let look = try await subject.look()
                #expect(look.rows == [])
                #expect(look.exposure == .cannotBlock(.hostCacheSizeZero))
                #expect(subject.decision(on: look) == .hold)
            }
        }

        @Test(arguments: Kind.matrix)
        func `blind: without the performance schema on MariaDB only`(_ kind: Kind) async throws {
            try await on(kind, .performanceSchemaOff) { subject in
                try await subject.spend(100)
                #expect(try await subject.refusal() == 1129)
                let look = try await subject.look()
                switch kind.flavour {
                case .mariadb:
                    #expect(look.rows == [])
                    #expect(look.exposure == .blind)
                case .mysql:
                    #expect(look.rows.map(\.spent) == [100])
                    #expect(look.exposure == .visible)
                }
            }
        }

        @Test(arguments: Kind.matrix)
        func `blind: TRUNCATE says ok and frees nobody`(_ kind: Kind) async throws {
            try await on(kind, .performanceSchemaOff) { subject in
                try await subject.mayDrop()
                try await subject.spend(100)
                #expect(
                    try await subject.refusal(ofStatement: FlushStatement.truncate.sql, as: "dropper") == nil
                )
                #expect(try await subject.refusal() == (kind.flavour == .mysql ? nil : 1129))
            }
        }

        @Test(arguments: Kind.matrix)
        func `blind: the one statement chosen frees a blocked host`(_ kind: Kind) async throws {
            try await on(kind, .performanceSchemaOff) { subject in
                try await subject.spend(100)
                let look = try await subject.look()
                let candidates = FlushStatement.candidates(for: look.settings, with: .automatic)
                #expect(candidates == (kind.flavour == .mysql ? [.resize, .truncate] : [.flush]))
                try await subject.send(candidates[0].sql)
                #expect(try await subject.refusal() == nil)
            }
        }

        @Test(arguments: Kind.matrix)
        func `blind: aborted connects bound the errors of any host`(_ kind: Kind) async throws {
            try await on(kind, .performanceSchemaOff) { subject in
                let before = try await subject.look()
                try await subject.spend(7)
                try await subject.spend(5, from: "127.0.0.3")
                let after = try await subject.look()
                #expect(after.abortedConnects - before.abortedConnects == 12)
            }
        }

        @Test(arguments: Kind.matrix)
        func `bound: a login that ends at the auth switch counts, which the part before it misses`(
            _ kind: Kind
        ) async throws {
            try await on(kind) { subject in
                let before = try await subject.look()
                // Asked to go on with another method, it hangs up.
                _ = try BareLogin.answer(
                    port: subject.server.port,
                    from: Subject.balancer,
                    user: "app",
                    database: "",
                    method: "no_such_method"
                )
                try await waitUntil("\(kind) has counted") {
                    try await subject.look().abortedConnects == before.abortedConnects + 1
                }
            }
        }

        @Test(arguments: Kind.matrix)
        func `bound: FLUSH STATUS neither lowers what is spent nor counts it twice`(_ kind: Kind) async throws
        {
            try await on(kind) { subject in
                try await subject.spend(7)
                let before = try await subject.look()
                let bound = ErrorBound(nil, before, canBlock: true)
                _ = try await subject.server.sql("FLUSH STATUS")
                let after = try await subject.look()
                #expect(ErrorBound(bound, after, canBlock: true).spent == bound.spent)
            }
        }
    }
}

extension Subject {
    /// What a controller that may do everything decides at its first look.
    fileprivate func decision(on look: Observation) -> Assessment.Decision {
        var controller = Controller(policy: .flushing, memory: Memory(), counters: Counters())
        return controller.look(look, interval: .seconds(30)).decision
    }
}
