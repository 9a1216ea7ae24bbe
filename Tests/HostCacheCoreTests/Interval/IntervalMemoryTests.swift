import HostCacheCore
import TestSupport
import Testing

@Suite struct IntervalMemoryTests {
    typealias Group = TargetGroupEvidence
    typealias Verdict = IntervalMemory.Verdict

    private static let day: Int64 = 86_400

    /// The first verdict about a group that was never changed.
    private func verdict(_ group: Group = .sample(), policy: IntervalPolicy = .sample()) -> Verdict {
        var memory = IntervalMemory()
        return memory.verdict(group, policy: policy, at: .zero)
    }

    /// The change of an unchanged sample to the policy.
    private func change(_ policy: IntervalPolicy = .sample()) -> Verdict {
        .change(IntervalChange(.sample(), policy: policy))
    }

    @Test(
        arguments: [
            (300, 5, true), (300, 30, true), (300, 299, true), (300, 300, false), (300, 301, false),
            (60, 59, true), (60, 60, false), (60, 61, false), (60, 300, false), (5, 5, false),
        ] as [(Int64, Int64, Bool)]
    )
    func `an interval is lengthened and never shortened`(_ wanted: Int64, _ seen: Int64, _ changes: Bool) {
        let policy = IntervalPolicy.sample(wanted: wanted)
        let expected: Verdict =
            changes ? .change(IntervalChange(.sample(interval: seen), policy: policy)) : .notNeeded
        #expect(verdict(.sample(check: .sample(interval: seen)), policy: policy) == expected)
    }

    @Test func `the timeout and the healthy threshold go along`() throws {
        let verdict = verdict(
            .sample(check: .sample(interval: 6, timeout: 12)),
            policy: .sample(wanted: 12, healthyThreshold: 2)
        )
        guard case .change(let change) = verdict else {
            Issue.record("\(verdict)")
            return
        }
        #expect(change.interval == .seconds(12))
        #expect(change.timeout == .seconds(11))
        #expect(change.healthyThreshold == 2)
    }

    @Test func `another healthy threshold alone changes nothing`() {
        #expect(
            verdict(.sample(check: .sample(interval: 300)), policy: .sample(healthyThreshold: 2))
                == .notNeeded
        )
    }

    @Test(arguments: [30, 300] as [Int64])
    func `a check that does not touch MySQL is left alone, however long`(_ interval: Int64) {
        let http = Group.sample(check: .sample(transport: "HTTP", port: "9200", interval: interval))
        #expect(verdict(http) == .held(.otherCheck))
    }

    @Test(arguments: ["HTTP", "HTTPS", "a later word"], [30, 300] as [Int64])
    func `a check that MySQL never passes is left alone, however long`(_ transport: String, _ interval: Int64)
    {
        let check = Group.sample(check: .sample(transport: transport, interval: interval))
        #expect(verdict(check) == .held(.neverSucceeds))
    }

    @Test func `a server behind a socket is waited for until it tells its port`() {
        var policy = IntervalPolicy.sample(watchedPorts: [])
        policy.serversWithoutPort = ["orders", "billing"]
        #expect(verdict(policy: policy) == .held(.portUnknown))
        #expect(verdict(policy: policy.knowing { $0 == "orders" ? 3306 : nil }) == change())
        #expect(verdict(policy: policy.knowing { $0 == "orders" ? 3307 : nil }) == .held(.portUnknown))
        let known = policy.knowing { _ in 3307 }
        #expect(known.serversWithoutPort == [])
        #expect(verdict(policy: known) == .held(.otherCheck))
    }

    @Test(
        arguments: [
            ([3306], true), ([3307], false), ([], false), ([3307, 3306], true), ([3307, 3308], false),
        ] as [(Set<UInt16>, Bool)]
    )
    func `one watched port that is checked is enough`(_ ports: Set<UInt16>, _ changes: Bool) {
        #expect(
            verdict(policy: .sample(watchedPorts: ports)) == (changes ? change() : .held(.otherCheck))
        )
    }

    @Test(
        arguments: [
            ([], nil), (["healthy"], nil), (["draining", "unused"], nil), (["healthy", "draining"], nil),
            (["healthy", "unhealthy.draining", "unused"], nil), (["healthy", "healthy"], 2),
            (["healthy", "initial"], 2), (["healthy", "unhealthy", "draining"], 2),
            (["unhealthy", "unavailable", "healthy"], 3),
        ] as [([String], Int?)]
    )
    func `two live targets need the operator's word`(_ states: [String], _ count: Int?) {
        let group = Group.sample(targets: states.map { .sample(state: $0) })
        #expect(verdict(group) == (count.map { .held(.slowFailover(targets: $0)) } ?? change()))
        #expect(verdict(group, policy: .sample(acceptsSlowFailover: true)) == change())
    }

    @Test(
        arguments: [
            ("aws:cloudformation:stack-name", .cloudFormation), ("elbv2.k8s.aws/cluster", .kubernetes),
            ("kubernetes.io/service-name", .kubernetes), ("ingress.k8s.aws/stack", .kubernetes),
            ("terraform", .terraform),
        ] as [(String, Group.Manager)]
    )
    func `a group that others manage is left alone unless adopted`(_ key: String, _ manager: Group.Manager) {
        let group = Group.sample(tags: [Group.Tag(key: key, value: "x")])
        #expect(verdict(group) == .held(.managed(manager)))
        #expect(verdict(group, policy: .sample(adopts: true)) == change())
    }

    @Test func `observe and a missing action change nothing`() {
        #expect(verdict(policy: .sample(isEnforcing: false)) == .held(.observeMode))
        #expect(verdict(policy: .sample(isAllowed: false)) == .held(.actionOff))
    }

    /// What is wrong with the group comes before what the operator can change, so both modes report it.
    @Test func `the first of several reasons is told`() {
        var group = Group.sample(
            check: .sample(transport: "HTTP"),
            targets: [.sample(), .sample()],
            tags: [Group.Tag(key: "aws:cloudformation:stack-name", value: "x")]
        )
        var policy = IntervalPolicy.sample(isEnforcing: false, isAllowed: false)
        var memory = IntervalMemory()
        memory.isLatched = true
        memory.retryAt = .seconds(60)
        var told: [Verdict] = []
        let repairs: [() -> Void] = [
            { group.healthCheck.transport = "TCP" }, { policy.acceptsSlowFailover = true },
            { policy.adopts = true }, { policy.isEnforcing = true }, { policy.isAllowed = true },
            { memory.isLatched = false }, { memory.retryAt = nil },
            { group.healthCheck.interval = .seconds(300) },
        ]
        for repair in repairs {
            told.append(memory.verdict(group, policy: policy, at: .zero))
            repair()
        }
        told.append(memory.verdict(group, policy: policy, at: .zero))
        #expect(
            told == [
                .held(.neverSucceeds), .held(.slowFailover(targets: 2)), .held(.managed(.cloudFormation)),
                .held(.observeMode), .held(.actionOff), .held(.latched), .held(.retries(at: .seconds(60))),
                change(), .notNeeded,
            ]
        )
    }

    @Test func `an interval that somebody sets back is corrected twice a day, then only reported`() {
        var memory = IntervalMemory()
        for seconds in [Int64(0), 60, 120] {
            #expect(memory.verdict(.sample(), policy: .sample(), at: .seconds(seconds)) == change())
            memory.succeed(.sample(), to: .seconds(300), at: .seconds(seconds))
        }
        #expect(memory.corrections == [.seconds(60), .seconds(120)])
        #expect(!memory.isLatched)
        #expect(memory.verdict(.sample(), policy: .sample(), at: .seconds(180)) == .held(.latched))
        #expect(memory.isLatched)
        let later = Duration.seconds(10 * Self.day)
        #expect(memory.verdict(.sample(), policy: .sample(), at: later) == .held(.latched))
    }

    @Test func `a latch that is taken off begins the count anew, and only then`() {
        var memory = IntervalMemory()
        for second in [0, 60, 120] as [Int64] {
            memory.succeed(TargetGroupEvidence.sample().healthCheck, to: .seconds(300), at: .seconds(second))
        }
        let before = memory
        memory.unlatch()
        #expect(memory == before)
        #expect(memory.verdict(.sample(), policy: .sample(), at: .seconds(180)) == .held(.latched))
        memory.unlatch()
        #expect(memory.corrections == [])
        #expect(memory.verdict(.sample(), policy: .sample(), at: .seconds(180)) == change())
    }

    @Test(arguments: [(day + 59, true), (day + 60, false), (day + 61, false)] as [(Int64, Bool)])
    func `a day after a correction it no longer counts`(_ seconds: Int64, _ latches: Bool) {
        var memory = IntervalMemory()
        for seconds in [Int64(0), 60, 120] {
            memory.succeed(.sample(), to: .seconds(300), at: .seconds(seconds))
        }
        let verdict = memory.verdict(.sample(), policy: .sample(), at: .seconds(seconds))
        #expect(verdict == (latches ? .held(.latched) : change()))
        #expect(memory.isLatched == latches)
    }

    @Test func `another interval wanted is no correction of somebody`() {
        var memory = IntervalMemory()
        for seconds in [Int64(0), 60, 120] {
            memory.succeed(.sample(), to: .seconds(100 + seconds), at: .seconds(seconds))
        }
        #expect(memory.corrections == [])
        #expect(memory.set == .seconds(220))
        #expect(memory.verdict(.sample(), policy: .sample(), at: .seconds(180)) == change())
    }

    @Test func `corrections of another day are forgotten`() {
        var memory = IntervalMemory()
        for seconds in [0, 60, Self.day + 59, Self.day + 60] {
            memory.succeed(.sample(), to: .seconds(300), at: .seconds(seconds))
        }
        #expect(memory.corrections == [.seconds(Self.day + 59), .seconds(Self.day + 60)])
        #expect(memory.last == .seconds(Self.day + 60))
    }

    @Test func `a look at an interval that stays does not latch`() {
        var memory = IntervalMemory()
        for seconds in [Int64(0), 60, 120] {
            memory.succeed(.sample(), to: .seconds(300), at: .seconds(seconds))
        }
        let set = Group.sample(check: .sample(interval: 300))
        #expect(memory.verdict(set, policy: .sample(), at: .seconds(180)) == .notNeeded)
        #expect(!memory.isLatched)
    }

    @Test func `the health check of before our first change is kept`() {
        var memory = IntervalMemory()
        memory.succeed(.sample(interval: 30), to: .seconds(300), at: .zero)
        memory.succeed(.sample(interval: 10), to: .seconds(300), at: .seconds(60))
        #expect(memory.original == IntervalChange(keeping: .sample(interval: 30)))
    }

    @Test func `a failed change is tried again after a while`() {
        var memory = IntervalMemory()
        memory.fail(at: .seconds(100))
        let verdicts = [100, 399, 400, 401].map {
            memory.verdict(.sample(), policy: .sample(), at: .seconds(Int64($0)))
        }
        let held = Verdict.held(.retries(at: .seconds(400)))
        #expect(verdicts == [held, held, change(), change()])
        #expect(memory.last == nil)
        #expect(memory.original == nil)
        memory.succeed(.sample(), to: .seconds(300), at: .seconds(401))
        #expect(memory.retryAt == nil)
        #expect(memory.corrections == [])
    }

    @Test func `each refusal doubles the wait, up to an hour`() {
        var memory = IntervalMemory()
        let waits = (0..<70).map { _ in
            memory.fail(at: .zero, isRefusal: true)
            return memory.retryAt
        }
        #expect(Array(waits.prefix(6)) == [300, 600, 1200, 2400, 3600, 3600].map { .seconds($0) })
        #expect(waits.last == .seconds(3600))
        memory.fail(at: .zero)
        #expect(memory.retryAt == .seconds(3600))
        memory.succeed(.sample(), to: .seconds(300), at: .zero)
        memory.fail(at: .zero)
        #expect(memory.retryAt == .seconds(300))
    }

    @Test func `what fails without being refused is tried again as soon each time`() {
        var memory = IntervalMemory()
        for _ in 0..<3 { memory.fail(at: .zero) }
        #expect(memory.retryAt == .seconds(300))
    }

    @Test func `after a person has looked nothing is waited for`() {
        var memory = IntervalMemory()
        for _ in 0..<3 { memory.fail(at: .zero, isRefusal: true) }
        memory.unlatch()
        #expect(memory.verdict(.sample(), policy: .sample(), at: .zero) == change())
        memory.fail(at: .zero)
        #expect(memory.retryAt == .seconds(300))
    }

    /// As after a restart, when the wall clock was set back in between.
    @Test(arguments: [(399, false), (400, true), (401, true)] as [(Int64, Bool)])
    func `a try further ahead than the longest delay is not waited for`(_ seconds: Int64, _ waits: Bool) {
        var memory = IntervalMemory()
        memory.retryAt = .seconds(4000)
        let verdict = memory.verdict(.sample(), policy: .sample(), at: .seconds(seconds))
        #expect(verdict == (waits ? .held(.retries(at: .seconds(4000))) : change()))
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `nobody is fought for longer than two corrections a day`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var latched = 0
        for _ in 0..<50 {
            var memory = IntervalMemory()
            var now: Int64 = 0
            var changes: [Int64] = []
            for _ in 0..<12 {
                now += Int64.random(in: 1...60_000, using: &random)
                let isSetBack = Bool.random(using: &random)
                let group = Group.sample(check: .sample(interval: isSetBack ? 30 : 300))
                guard case .change = memory.verdict(group, policy: .sample(), at: .seconds(now)) else {
                    continue
                }
                if Bool.random(using: &random) {
                    memory.succeed(group.healthCheck, to: .seconds(300), at: .seconds(now))
                    changes.append(now)
                } else {
                    memory.fail(at: .seconds(now))
                }
            }
            latched += memory.isLatched ? 1 : 0
            let corrections = changes.dropFirst()
            #expect(
                zip(corrections, corrections.dropFirst(IntervalMemory.correctionsPerDay))
                    .allSatisfy { $1 - $0 >= Self.day }
            )
        }
        // Both happen, so the latch is neither always closed nor without effect.
        #expect(latched > 0)
        #expect(latched < 50)
    }
}
