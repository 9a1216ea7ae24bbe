import HostCacheCore
import TestSamples
import Testing

@Suite struct RaiseMemoryTests {
    private let policy = Policy()

    private func look(_ seconds: Int64, limit: UInt64 = 100, uptime: Int64? = nil) -> Observation {
        .sample(at: seconds, settings: .sample(limit: limit), uptime: uptime.map { .seconds($0) })
    }

    @Test(
        arguments: [
            (4999, .raise(.persist)), (5000, .notNeeded), (5001, .notNeeded), (.max, .notNeeded),
        ] as [(UInt64, RaiseMemory.Verdict)]
    )
    func `a limit is raised and never lowered`(limit: UInt64, verdict: RaiseMemory.Verdict) {
        var memory = RaiseMemory()
        #expect(memory.verdict(look(0, limit: limit), policy: policy) == verdict)
    }

    @Test func `a policy that says never holds`() {
        var policy = policy
        policy.raiseWith = .never
        var memory = RaiseMemory()
        #expect(memory.verdict(look(0), policy: policy) == .held(.never))
        #expect(memory.verdict(look(0, limit: 5000), policy: policy) == .notNeeded)
    }

    @Test func `a limit that somebody lowers is raised twice a day, then only reported`() {
        var memory = RaiseMemory()
        for seconds in [Int64(0), 60, 120] {
            #expect(memory.verdict(look(seconds), policy: policy) == .raise(.persist))
            memory.succeed(look(seconds), to: 5000, isPersisted: true)
        }
        #expect(memory.repeats == [.seconds(60), .seconds(120)])
        #expect(!memory.isLatched)
        #expect(memory.verdict(look(180), policy: policy) == .held(.latched))
        #expect(memory.isLatched)
        #expect(memory.verdict(look(10 * 86_400), policy: policy) == .held(.latched))
        #expect(memory.original == 100)
    }

    @Test func `a latch that is taken off lets it be raised twice a day again`() {
        var memory = RaiseMemory()
        for seconds in [Int64(0), 60, 120] { memory.succeed(look(seconds), to: 5000, isPersisted: true) }
        _ = memory.verdict(look(180), policy: policy)
        memory.unlatch()
        for seconds in [Int64(180), 240] {
            #expect(memory.verdict(look(seconds), policy: policy) == .raise(.persist))
            memory.succeed(look(seconds), to: 5000, isPersisted: true)
        }
        #expect(memory.verdict(look(300), policy: policy) == .held(.latched))
    }

    @Test(
        arguments: [(4999, .held(.latched)), (5000, .raise(.persist)), (5001, .raise(.persist))]
            as [(UInt64, RaiseMemory.Verdict)]
    )
    func `what the operator wants beyond the last raise is no repeat`(
        limit: UInt64,
        verdict: RaiseMemory.Verdict
    ) {
        var memory = RaiseMemory()
        for seconds in [Int64(0), 60, 120] { memory.succeed(look(seconds), to: 5000, isPersisted: true) }
        var policy = policy
        policy.wantedLimit = 6000
        #expect(memory.verdict(look(180, limit: limit), policy: policy) == verdict)
        memory.succeed(look(180, limit: limit), to: 6000, isPersisted: true)
        #expect(memory.repeats.count == (limit < 5000 ? 3 : 2))
    }

    @Test func `without a latch there is nothing to take off`() {
        var memory = RaiseMemory()
        for seconds in [Int64(0), 60] { memory.succeed(look(seconds), to: 5000, isPersisted: true) }
        let before = memory
        memory.unlatch()
        #expect(memory == before)
    }

    @Test(arguments: [(86_459, true), (86_460, false)] as [(Int64, Bool)])
    func `a day after a repeat it no longer counts`(seconds: Int64, isLatched: Bool) {
        var memory = RaiseMemory()
        for seconds in [Int64(0), 60, 120] { memory.succeed(look(seconds), to: 5000, isPersisted: true) }
        #expect(
            memory.verdict(look(seconds), policy: policy) == (isLatched ? .held(.latched) : .raise(.persist))
        )
    }

    @Test func `a limit that a restart reset is raised as often as it takes`() {
        var memory = RaiseMemory()
        for seconds in stride(from: Int64(0), to: 6000, by: 60) {
            let seen = look(seconds, uptime: 30)
            #expect(memory.verdict(seen, policy: policy) == .raise(.persist))
            memory.succeed(seen, to: 5000, isPersisted: true)
        }
        #expect(memory.repeats.isEmpty)
        #expect(memory.last == .seconds(5940))
    }

    @Test(
        arguments: [
            (299, .held(.retries(at: .seconds(300)))), (300, .raise(.persist)), (301, .raise(.persist)),
        ]
            as [(Int64, RaiseMemory.Verdict)]
    )
    func `a raise that failed is tried again after five minutes`(seconds: Int64, verdict: RaiseMemory.Verdict)
    {
        var memory = RaiseMemory()
        memory.fail(at: .zero)
        #expect(memory.verdict(look(seconds), policy: policy) == verdict)
    }

    @Test func `a retry further ahead than its delay is not waited for`() {
        var memory = RaiseMemory()
        memory.retryAt = .seconds(301)
        #expect(memory.verdict(look(0), policy: policy) == .raise(.persist))
        #expect(memory.verdict(look(1), policy: policy) == .held(.retries(at: .seconds(301))))
    }

    @Test func `a raise that works ends the wait of one that failed`() {
        var memory = RaiseMemory()
        memory.fail(at: .zero)
        memory.succeed(look(10), to: 5000, isPersisted: true)
        #expect(memory.retryAt == nil)
    }

    @Test func `a failed raise is no repeat and keeps no original`() {
        var memory = RaiseMemory()
        for seconds in stride(from: Int64(0), to: 3000, by: 300) { memory.fail(at: .seconds(seconds)) }
        #expect(memory.original == nil)
        #expect(memory.last == nil)
        #expect(memory.repeats.isEmpty)
        #expect(memory.verdict(look(3000), policy: policy) == .raise(.persist))
    }
}
