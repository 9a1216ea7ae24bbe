import Daemon
import HostCacheCore
import Synchronization
import TestSamples
import TestSupport
import Testing

/// Time that passes between the look that something is decided on and the statement.
@Suite(.timeLimit(.minutes(5))) struct StaleTests {
    private static let blocked = HostCacheRow.sample(spent: 100, firstErrorAge: .seconds(400))
    private static let set = "SET PERSIST max_connect_errors = 5000"

    /// A loop in which, once, after the look, `milliseconds` pass and somebody does something to the server.
    private func bench(
        after milliseconds: Int64,
        _ policy: Policy = .sample(),
        _ change: @escaping @Sendable (inout ScriptedServer.State) -> Void = { _ in }
    ) throws -> LoopBench {
        let interlude = Interlude()
        let bench = try LoopBench(policy, .sample(limit: 100), [Self.blocked]) {
            interlude.take()?()
            return ([HostCacheRow.loadBalancer], true)
        }
        interlude.give { [clock = bench.clock, server = bench.server] in
            clock.advance(by: .milliseconds(milliseconds))
            server.change(change)
        }
        return bench
    }

    /// Something to be done once.
    private final class Interlude: Sendable {
        private let body = Mutex<(@Sendable () -> Void)?>(nil)

        func give(_ new: @escaping @Sendable () -> Void) {
            body.withLock { $0 = new }
        }

        func take() -> (@Sendable () -> Void)? {
            body.withLock { body in
                defer { body = nil }
                return body
            }
        }
    }

    @Test(arguments: [(1_999, false), (2_000, false), (2_001, true)] as [(Int64, Bool)])
    func `a decision older than two seconds is looked at again before it is carried out`(
        _ milliseconds: Int64,
        _ looksAgain: Bool
    ) async throws {
        let bench = try bench(after: milliseconds)
        try await bench.run()
        let again = looksAgain ? ["look"] : []
        #expect(bench.server.takenCalls() == ["connect", "look"] + again + [Self.set, "look", "close"])
        #expect(try bench.audit == ["intent raise", "outcome raise ok"])
    }

    @Test func `a limit that a person has raised meanwhile is not set`() async throws {
        let bench = try bench(after: 2_001) { $0.settings.maxConnectErrors = 100_000 }
        try await bench.run()
        #expect(bench.server.takenCalls() == ["connect", "look", "look", "close"])
        #expect(
            try bench.audit == [
                "intent raise", "outcome raise failed not sent: the limit is 100000 by now",
            ]
        )
    }

    @Test func `what somebody else has flushed meanwhile is not flushed`() async throws {
        let bench = try bench(after: 2_001, .sample { $0.raiseWith = .never }) { $0.rows = [] }
        try await bench.run()
        #expect(!bench.server.takenCalls().contains(ScriptedServer.resize))
        #expect(
            try bench.audit == [
                "intent flush blocked",
                "outcome flush blocked unknown not sent: somebody may have flushed meanwhile",
            ]
        )
        #expect(bench.status?.counters.flushes == [:])
    }

    @Test func `rows that are still there are flushed`() async throws {
        let bench = try bench(after: 2_001, .sample { $0.raiseWith = .never })
        try await bench.run()
        #expect(
            bench.server.takenCalls() == ["connect", "look", "look", ScriptedServer.resize, "look", "close"]
        )
        #expect(try bench.audit == ["intent flush blocked", "outcome flush blocked ok"])
    }
}
