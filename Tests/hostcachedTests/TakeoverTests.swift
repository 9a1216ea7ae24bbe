import TestSupport
import TestTraits
import Testing

/// Two daemons on one server, twelve counted errors a second, and the one that acts goes away.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct TakeoverTests {
    /// What becomes of the daemon that holds the lock.
    enum Fate: CaseIterable {
        case killed
        case frozen
        case cutOff
    }

    private static let leads = #"hostcached_leader{server="orders"}"#
    private static let budgetFlushes = #"hostcached_flushes_total{server="orders",trigger="budget"}"#

    @Test(arguments: ThrowawayServer.Kind.allCases, Fate.allCases)
    func `no check sees a 1129 when the holder goes away, and the gap holds across both`(
        _ kind: ThrowawayServer.Kind,
        _ fate: Fate
    ) async throws {
        try await Scenario.with(kind, options: Scenario.timedLog) { scenario in
            try await Relay.with(to: scenario.server.port) { relay in
                let holder = try await scenario.daemon(keys: Scenario.flushOnly, through: relay.port)
                #expect(holder.metric(Self.leads) == 1)
                let follower = try await scenario.beside.daemon(keys: Scenario.flushOnly)
                #expect(follower.metric(Self.leads) == 0)
                let load = Task { await scenario.load(12, for: .seconds(240)) }
                defer { load.cancel() }
                try await waitUntil("the holder has flushed twice") {
                    holder.metric(Self.budgetFlushes) ?? 0 >= 2
                }
                #expect(follower.metric(Self.budgetFlushes) == 0)
                switch fate {
                case .killed: await holder.kill()
                case .frozen: holder.freeze()
                case .cutOff: relay.cut()
                }
                try await waitUntil("the follower has flushed twice") {
                    follower.metric(Self.budgetFlushes) ?? 0 >= 2
                }
                let before = holder.metric(Self.budgetFlushes) ?? 0
                holder.thaw()
                if fate == .frozen {
                    // Thawed within the time the server keeps its session, the holder acts again.
                    try await waitUntil("the holder acts again, or has lost the lock") {
                        holder.metric(Self.budgetFlushes) ?? 0 > before || follower.metric(Self.leads) == 1
                    }
                }
                let isBack = holder.metric(Self.budgetFlushes) ?? 0 > before
                load.cancel()
                let tally = await load.value
                #expect(tally.refused1129 == [])
                #expect(tally.other == [:])
                if fate == .cutOff {
                    // The server keeps the holder's session for 30 s of silence.
                    try await waitUntil("the follower holds the lock") {
                        follower.metric(Self.leads) == 1
                    }
                }
                try await follower.stop()
                if fate != .killed { try await holder.stop() }

                let flushes = try await scenario.flushes()
                #expect(flushes.turns.count == (isBack ? 3 : 2))
                #expect(try #require(flushes.shortestGap) >= 1)
                let inPlace = follower.log.filter { $0.contains("leaves something undone") }
                #expect(inPlace.isEmpty == (fate == .killed))
                #expect(inPlace.allSatisfy { $0.contains("of hostcached@") })
                let tookOver = follower.log.filter { $0.contains("holds the lock and acts from here on") }
                #expect(tookOver.count == (isBack ? 0 : 1))
            }
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `one of two acts, the other only looks, and an observer does not even ask for the lock`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind, options: Scenario.timedLog) { scenario in
            let observer = try await scenario.daemon("observe", keys: Scenario.flushOnly)
            let one = try await scenario.beside.daemon(keys: Scenario.flushOnly)
            let other = try await scenario.beside.daemon(keys: Scenario.flushOnly)
            #expect([observer, one, other].map { $0.metric(Self.leads) } == [0, 1, 0])
            let tally = try await scenario.load(12, until: "one of them has flushed four times") {
                one.metric(Self.budgetFlushes) ?? 0 >= 4
            }
            #expect(tally.refused1129 == [])
            let diagnose = try await ChildProcess.start(
                BuiltProduct.hostcached,
                ["diagnose", "--config", scenario.folder.file("hostcached.toml")]
            )
            try await diagnose.wait()
            #expect(
                diagnose.standardOutput.contains(/HC402  connection \d+ of hostcached@\S+ holds the lock/)
            )
            // The one that acts last: the other would take the lock.
            for daemon in [observer, other, one] { try await daemon.stop() }

            let flushes = try await scenario.flushes()
            #expect(flushes.count >= 4)
            #expect(flushes.turns.count == 1)
            #expect(try #require(flushes.shortestGap) >= 1)
            let sent = Dictionary(grouping: try await scenario.statements(), by: \.connection)
            // The fourth is that of diagnose.
            #expect(sent.count == 4)
            let quiet = sent.filter { $0.key != flushes.first?.connection }.values
            let asks = quiet.filter { statements in statements.contains { $0.sql.contains("_LOCK(") } }
            #expect(asks.count == 2)
            for statements in quiet {
                let changes = statements.map(\.sql)
                    .filter { !$0.hasPrefix("SELECT ") && !$0.hasPrefix("SHOW ") }
                // Each connection begins with it, and nothing else changes anything.
                #expect(changes.map { $0.prefix(27) } == ["SET SESSION autocommit = 1,"])
                // A lock that is held is asked about, never waited for.
                #expect(statements.filter { $0.sql.contains("GET_LOCK(") }.map(\.sql) == [])
            }
        }
    }
}
