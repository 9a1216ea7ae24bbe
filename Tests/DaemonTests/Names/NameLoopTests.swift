import Daemon
import HostCacheCore
import Synchronization
import TestSamples
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct NameLoopTests {
    /// Answers that a test changes.
    private final class Answers: Sendable {
        let byName = Mutex<[String: [String]]>([:])

        var resolver: NameResolver {
            NameResolver { name in
                guard let addresses = self.byName.withLock({ $0[name] }) else {
                    throw ResolutionFailure(name, "no such name")
                }
                return addresses
            }
        }
    }

    private let answers = Answers()
    private let board = LoadBalancerBoard()
    private let log = LogLines()
    private let clock = ManualClock()

    private var loop: NameLoop {
        NameLoop(
            names: ["nlb-1", "nlb-2"],
            resolver: answers.resolver,
            board: board,
            timekeeper: .manual(clock),
            logger: log.logger
        )
    }

    private func known() -> [String] { board.addresses(of: ["nlb-1", "nlb-2"]).addresses.sorted() }

    @Test func `the last good answer stays, and a failure is told once until it is over`() async {
        answers.byName.withLock { $0 = ["nlb-1": ["10.0.1.23"], "nlb-2": ["10.0.2.45", "2001:db8::1"]] }
        var logs = NameLoop.Logs()
        await loop.refresh(&logs)
        #expect(known() == ["10.0.1.23", "10.0.2.45", "2001:db8::1"])
        #expect(board.addresses(of: ["nlb-1", "nlb-2"]).isComplete)
        #expect(
            log.taken() == [
                "<6>load balancer's addresses looked up hosts=10.0.1.23 name=nlb-1",
                "<6>load balancer's addresses looked up hosts=\"10.0.2.45 2001:db8::1\" name=nlb-2",
            ]
        )
        answers.byName.withLock { $0["nlb-1"] = nil }
        await loop.refresh(&logs)
        await loop.refresh(&logs)
        #expect(known() == ["10.0.1.23", "10.0.2.45", "2001:db8::1"])
        #expect(
            log.taken() == [
                "<4>load balancer's name cannot be looked up error=\"nlb-1 cannot be looked up: no such name\" "
                    + "hosts=10.0.1.23 name=nlb-1"
            ]
        )
        answers.byName.withLock { $0["nlb-1"] = ["10.0.9.9"] }
        await loop.refresh(&logs)
        #expect(known() == ["10.0.1.23", "10.0.2.45", "10.0.9.9", "2001:db8::1"])
        #expect(log.taken() == ["<6>load balancer's addresses looked up hosts=10.0.9.9 name=nlb-1"])
    }

    @Test(arguments: [(86_399, true), (86_400, true), (86_401, false)] as [(Int64, Bool)])
    func `an address counts for a day after the last answer that had it`(_ second: Int64, _ counts: Bool) {
        board.know("nlb-1", ["10.0.1.23", "10.0.2.45"], at: .zero)
        board.know("nlb-1", ["10.0.2.45"], at: .seconds(second))
        #expect(known() == (counts ? ["10.0.1.23"] : []) + ["10.0.2.45"])
    }

    @Test func `a name without any answer is not complete`() async {
        answers.byName.withLock { $0 = ["nlb-1": ["10.0.1.23"]] }
        var logs = NameLoop.Logs()
        await loop.refresh(&logs)
        #expect(!board.addresses(of: ["nlb-1", "nlb-2"]).isComplete)
        #expect(board.addresses(of: ["nlb-1"]).isComplete)
    }

    @Test func `names are looked up once a minute`() async throws {
        await withTaskGroup { group in
            group.addTask { [loop] in await loop.run(NameLoop.Logs()) }
            await clock.untilSleeping()
            #expect(clock.remainingSleeps == [.seconds(60)])
            answers.byName.withLock { $0 = ["nlb-1": ["10.0.1.23"]] }
            clock.advance(by: .seconds(60))
            await clock.untilSleeping()
            #expect(known() == ["10.0.1.23"])
            group.cancelAll()
        }
    }

    @Test func `a server is judged with the addresses its names have at each look`() async throws {
        let blocked = HostCacheRow.sample("10.0.2.45", spent: 100, firstErrorAge: .seconds(400))
        let policy = Policy.sample { policy in
            policy.raiseWith = .never
            policy.flushFor = .loadBalancers
        }
        let held = Held()
        let bench = try LoopBench(policy, .sample(limit: 100), [blocked], resolved: { held.answer })
        try await bench.run {
            #expect(bench.server.takenCalls() == ["connect", "look"])
            held.addresses.withLock { $0 = ["10.0.2.45"] }
            await bench.turn()
            #expect(bench.status?.loadBalancers == ["10.0.1.23", "10.0.2.45"])
            #expect(
                bench.server.takenCalls() == ["look", ScriptedServer.resize, "look"]
            )
        }
    }

    /// Addresses that a test changes while a loop runs.
    private final class Held: Sendable {
        let addresses = Mutex<Set<String>>([])

        var answer: (addresses: Set<String>, isComplete: Bool) { (addresses.withLock { $0 }, true) }
    }
}
