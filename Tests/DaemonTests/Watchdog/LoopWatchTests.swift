import Daemon
import HostCacheCore
import TestSamples
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct LoopWatchTests {
    private let clock = ManualClock()
    private let deadlines = LoopDeadlines()
    private static let loop = LoopJob.Subject.server("orders")
    private static let grace = Duration.seconds(30)

    private var watch: LoopWatch {
        LoopWatch(deadlines, Self.loop, bound: .seconds(5), timekeeper: .manual(clock))
    }

    /// By when the loop is expected.
    private var deadline: Duration? {
        deadlines.overdue(at: .seconds(1_000_000), by: .zero)[Self.loop].map { .seconds(1_000_000) - $0 }
    }

    @Test(
        arguments: [(29_999, [:]), (30_000, [loop: .seconds(30)]), (30_001, [loop: .milliseconds(30_001)])]
            as [(Int, [LoopJob.Subject: Duration])]
    )
    func `a loop is overdue from the grace on`(late: Int, overdue: [LoopJob.Subject: Duration]) {
        deadlines.expect(Self.loop, by: .seconds(100))
        #expect(
            deadlines.overdue(at: .seconds(100) + .milliseconds(late), by: Self.grace) == overdue
        )
    }

    @Test func `a sleep is expected to end when it does, then the next sign within the bound`() async throws {
        let timekeeper = Timekeeper.manual(clock).watched(by: watch)
        clock.advance(by: .seconds(100))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await timekeeper.sleep(.seconds(3600)) }
            await clock.untilSleeping()
            #expect(deadline == .seconds(3700))
            clock.advance(by: .seconds(3600))
            try await tasks.waitForAll()
        }
        #expect(deadline == .seconds(3705))
    }

    @Test func `waits for a server are expected to end within their bounds`() async throws {
        let seen = [ClosureLog(), ClosureLog(), ClosureLog(), ClosureLog()]
        let port = ServerPort { [deadlines = self] in
            seen[0].note(deadlines.deadline)
            return ServerConnection(
                observe: {
                    seen[1].note(deadlines.deadline)
                    return .sample()
                },
                execute: { _ in seen[2].note(deadlines.deadline) },
                seekLeadership: {
                    seen[3].note(deadlines.deadline)
                    return .holder
                },
                leader: { nil },
                close: {}
            )
        }
        .watched(by: watch, connect: .seconds(7), statement: .seconds(5))
        let connection = try await port.connect()
        _ = try await connection.observe()
        try await connection.execute("")
        _ = try await connection.seekLeadership()
        // A look sends up to sixteen statements.
        #expect(seen.map(\.deadline) == [.seconds(87), .seconds(80), .seconds(5), .seconds(80)])
        #expect(deadline == .seconds(5))
    }

    @Test func `waits for AWS are expected to end within their bounds`() async throws {
        let seen = [ClosureLog(), ClosureLog()]
        let port = TargetGroupPort(
            describe: { [deadlines = self] _ in
                seen[0].note(deadlines.deadline)
                return .sample()
            },
            modify: { [deadlines = self] _, _ in
                seen[1].note(deadlines.deadline)
                return nil
            }
        )
        .watched(by: watch, call: .seconds(30))
        _ = try await port.describe("arn")
        _ = try await port.modify(
            "arn",
            IntervalChange(interval: .seconds(300), timeout: nil, healthyThreshold: nil)
        )
        #expect(seen.map(\.deadline) == [.seconds(240), .seconds(30)])
    }

    @Test func `a wait that fails is over too`() async {
        struct Failure: Error {}
        let port = ServerPort { throw Failure() }
            .watched(by: watch, connect: .seconds(7), statement: .seconds(5))
        await #expect(throws: Failure.self) { try await port.connect() }
        #expect(deadline == .seconds(5))
    }

    @Test func `nothing is expected of a loop that ended`() async {
        await watch.run { #expect(deadline == .seconds(5)) }
        #expect(deadline == nil)
    }
}
