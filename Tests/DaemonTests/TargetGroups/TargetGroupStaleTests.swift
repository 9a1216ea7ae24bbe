import Daemon
import HostCacheCore
import TestSupport
import Testing

/// What a change of the interval rests on, and is held against, may be old.
@Suite(.timeLimit(.minutes(5))) struct TargetGroupStaleTests {
    @Test(arguments: [(9_999, 0), (10_000, 0), (10_001, 1)] as [(Int64, Int)])
    func `a look that is older than ten seconds is taken again before a change`(
        _ milliseconds: Int64,
        _ looks: Int
    ) async throws {
        let bench = try TargetGroupBench()
        let clock = bench.clock
        bench.group.change { $0.whileLooking = { _ in clock.advance(by: .milliseconds(milliseconds)) } }
        try await bench.run {
            let again = Array(repeating: "look", count: looks)
            #expect(bench.group.takenCalls() == ["look"] + again + ["set 300 s", "look"])
        }
        #expect(try bench.audit == ["intent 30 -> 300", "outcome 30 -> 300 ok"])
    }

    @Test func `an interval that somebody sets meanwhile is left alone`() async throws {
        let bench = try TargetGroupBench(.sample { $0.wanted = .seconds(120) })
        let clock = bench.clock
        bench.group.change {
            $0.whileLooking = { group in
                group.healthCheck.interval = .seconds(300)
                clock.advance(by: .seconds(11))
            }
        }
        try await bench.run {
            #expect(bench.group.takenCalls() == ["look", "look"])
            #expect(bench.group.interval == .seconds(300))
            #expect(bench.status?.interval == .seconds(300))
        }
        #expect(
            try bench.audit == [
                "intent 30 -> 120", "outcome 30 -> 300 failed not sent: the group is another by now",
            ]
        )
    }

    @Test func `the second correction of a day latches nothing while looks lag behind`() async throws {
        let bench = try TargetGroupBench()
        try await bench.run {
            for _ in 1...2 {
                bench.group.set(interval: 30)
                bench.group.change { $0.answers = [.worksLater] }
                await bench.turns(until: bench.clock.now.offset + .seconds(60))
                bench.group.set(interval: 300)
                await bench.turns(until: bench.clock.now.offset + .seconds(60))
            }
            #expect(bench.status?.held == nil)
            #expect(bench.status?.interval == .seconds(300))
        }
        #expect(try bench.state?.corrections.count == 2)
        #expect(try bench.audit.filter { $0.hasPrefix("held") } == [])
    }

    @Test func `a change that AWS answers is done, whatever the next look still shows`() async throws {
        let bench = try TargetGroupBench()
        bench.group.change { $0.answers = [.worksLater] }
        try await bench.run {
            #expect(bench.group.takenCalls() == ["look", "set 300 s", "look"])
            bench.group.set(interval: 300)
            await bench.turns(until: .seconds(60))
            #expect(bench.group.takenCalls() == ["look"])
        }
        #expect(try bench.audit == ["intent 30 -> 300", "outcome 30 -> 300 ok"])
        #expect(try bench.state?.originalIntervalSeconds == 30)
        #expect(try bench.state?.setIntervalSeconds == 300)
        #expect(try bench.state?.corrections == [])
    }
}
