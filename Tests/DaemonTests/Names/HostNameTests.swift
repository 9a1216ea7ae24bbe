import Daemon
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct HostNameTests {
    /// What a name is answered with, in order, the last answer for ever; nil is a failure.
    private final class Answers: Sendable {
        private let state: Mutex<(answers: [[String]?], count: Int)>

        init(_ answers: [[String]?]) { state = Mutex((answers, 0)) }

        func set(_ answers: [[String]?]) { state.withLock { $0.answers = answers } }

        /// How often the name was asked for.
        var count: Int { state.withLock { $0.count } }

        var resolver: NameResolver {
            NameResolver { name in
                let answer = self.state.withLock { state in
                    state.count += 1
                    return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
                }
                guard let answer else { throw ResolutionFailure(name, "no answer") }
                return answer
            }
        }
    }

    private let clock = ManualClock()

    private func run(_ answers: Answers, _ body: (HostName) async throws -> Void) async throws {
        let host = HostName("db.example", resolver: answers.resolver, timekeeper: .manual(clock))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { await host.run() }
            await clock.untilSleeping()
            try await body(host)
            tasks.cancelAll()
            try await tasks.waitForAll()
        }
    }

    /// Lets time pass to the end of the loop's sleep.
    private func turn() async {
        clock.advance(by: clock.remainingSleeps.first ?? .zero)
        await clock.untilSleeping()
    }

    @Test func `a name that moves is noticed a minute later, after three answers`() async throws {
        let answers = Answers([["10.0.0.1"]])
        try await run(answers) { host in
            // What the first answer has is compared with two more.
            for _ in 1...2 { await turn() }
            #expect(answers.count == 3)
            #expect(!host.hasLeft("10.0.0.1"))
            #expect(clock.remainingSleeps == [.seconds(60)])
            answers.set([["10.0.0.2"]])
            await turn()
            #expect(!host.hasLeft("10.0.0.1"))
            for _ in 1...2 { await turn() }
            #expect(host.hasLeft("10.0.0.1"))
            #expect(!host.hasLeft("10.0.0.2"))
            #expect(clock.now.offset == .seconds(68))
        }
    }

    @Test func `a name that gives each time another of its addresses stays`() async throws {
        let answers = Answers([
            ["10.0.0.1"], ["10.0.0.2"], ["10.0.0.1"], ["10.0.0.2"], ["10.0.0.1"], ["10.0.0.2"], ["10.0.0.1"],
        ])
        try await run(answers) { host in
            for _ in 1...5 { await turn() }
            #expect(!host.hasLeft("10.0.0.1"))
            #expect(!host.hasLeft("10.0.0.2"))
        }
    }

    @Test func `a name that cannot be looked up keeps its last addresses, and begins with none`() async throws
    {
        let answers = Answers([nil])
        try await run(answers) { host in
            #expect(!host.hasLeft("10.0.0.1"))
            answers.set([["10.0.0.1"]])
            for _ in 1...3 { await turn() }
            answers.set([nil])
            await turn()
            #expect(!host.hasLeft("10.0.0.1"))
            // No answer ever had it: the connection may be newer than the last one.
            #expect(!host.hasLeft("10.0.0.9"))
        }
    }

    @Test func `a name that moves before its first answer has left what was connected to`() async throws {
        let answers = Answers([nil])
        try await run(answers) { host in
            #expect(!host.hasLeft("10.0.0.1"))
            answers.set([["10.0.0.2"]])
            for _ in 1...3 { await turn() }
            #expect(host.hasLeft("10.0.0.1"))
            answers.set([["10.0.0.1"]])
            for _ in 1...3 { await turn() }
            #expect(!host.hasLeft("10.0.0.1"))
            #expect(host.hasLeft("10.0.0.2"))
        }
    }
}
