import Daemon
import HostCacheCore
import Testing

@Suite(.timeLimit(.minutes(5))) struct TargetGroupLoopTests {
    private static let arn = TargetGroupBench.arn
    private static let zero = "2026-11-23T02:13:20.000Z"
    private static let read =
        "<5>target group is read interval=\"30 s\" target_group=\(arn) wanted=\"5 min\""

    @Test func `sets a short interval once, reads it back and lets it be`() async throws {
        let bench = try TargetGroupBench()
        try await bench.run {
            #expect(bench.group.takenCalls() == ["look", "set 300 s", "look"])
            #expect(bench.intervalInForce == .seconds(300))
            await bench.turns(until: .seconds(3600))
        }
        #expect(bench.group.takenCalls() == Array(repeating: "look", count: 60))
        var intent = AuditEntry(
            .intent,
            id: "\(Self.zero)-1",
            targetGroup: Self.arn,
            action: "interval",
            time: Self.zero
        )
        intent.intervalBeforeSeconds = 30
        intent.intervalAfterSeconds = 300
        var outcome = intent
        outcome.phase = .outcome
        outcome.result = .ok
        #expect(try bench.auditEntries == [intent, outcome])
        var state = StateDocument.TargetGroup()
        state.originalIntervalSeconds = 30
        state.originalTimeoutSeconds = 10
        state.originalHealthyThreshold = 5
        state.lastChange = Self.zero
        state.setIntervalSeconds = 300
        #expect(try bench.state == state)
        var status = TargetGroupStatus(arn: Self.arn, wanted: .seconds(300))
        status.interval = .seconds(300)
        #expect(bench.status == status)
        #expect(
            bench.log.taken() == [
                Self.read,
                "<5>about to act action=interval before=\"30 s\" id=2026-11-23T02:13:20.000Z-1 "
                    + "target_group=\(Self.arn) wanted=\"5 min\"",
                "<5>health-check interval set before=\"30 s\" detection=\"1 min -> 10 min\" "
                    + "id=2026-11-23T02:13:20.000Z-1 interval=\"5 min\" new_target=\"5 min 30 s -> 28 min\" target_group=\(Self.arn)",
            ]
        )
    }

    @Test(arguments: [300, 301] as [Int64]) func `an interval that is long enough is only read`(
        _ interval: Int64
    ) async throws {
        let bench = try TargetGroupBench(.sample(), .sample(interval: interval))
        try await bench.run { await bench.turn() }
        #expect(bench.group.takenCalls() == ["look", "look"])
        #expect(bench.status?.interval == .seconds(interval))
        #expect(bench.status?.drifts == false)
        #expect(try bench.audit == [])
        #expect(try bench.state == nil)
    }

    @Test func `the change of before is found in the state of the next daemon`() async throws {
        let first = try TargetGroupBench()
        try await first.run()
        let second = try TargetGroupBench(.sample(), folder: first.folder, startingAt: .seconds(60))
        try await second.run()
        // The same interval of before our first change, and now one correction.
        #expect(try second.state?.originalIntervalSeconds == 30)
        #expect(try second.state?.corrections == ["2026-11-23T02:14:20.000Z"])
    }

    @Test(
        arguments: [
            (.slowFailover, .sample(), .sample(targets: [.sample(), .sample("10.0.4.8")])),
            (.managed, .sample(), .sample(tags: [.init(key: "aws:cloudformation:stack-name", value: "db")])),
            (.observeMode, .sample { $0.isEnforcing = false }, .sample()),
            (.actionOff, .sample { $0.isAllowed = false }, .sample()),
            (.otherCheck, .sample(), .sample(transport: "HTTP", port: "9200")),
            (.neverSucceeds, .sample(), .sample(transport: "HTTP")),
        ] as [(Held, IntervalPolicy, TargetGroupEvidence)]
    )
    func `what is held is never changed, and told and audited once`(
        _ held: Held,
        _ policy: IntervalPolicy,
        _ group: TargetGroupEvidence
    ) async throws {
        let bench = try TargetGroupBench(policy, group)
        try await bench.run { await bench.turns(until: .seconds(600)) }
        #expect(bench.group.takenCalls() == Array(repeating: "look", count: 11))
        #expect(bench.group.interval == .seconds(30))
        #expect(try bench.audit == ["held 30 -> 300 \(held.rawValue)"])
        #expect(try bench.state == nil)
        #expect(bench.status?.held == held.rawValue)
        #expect(bench.status?.drifts == (held != .otherCheck))
        #expect(
            bench.log.taken() == [
                Self.read,
                "<5>the health-check interval is left alone interval=\"30 s\" reason=\"\(held.sentence)\" "
                    + "target_group=\(Self.arn) wanted=\"5 min\"",
            ]
        )
    }

    /// Why an interval is held, as metrics and audit name it.
    enum Held: String, Sendable {
        case slowFailover = "slow_failover"
        case managed
        case observeMode = "observe_mode"
        case actionOff = "action_off"
        case otherCheck = "other_check"
        case neverSucceeds = "never_succeeds"

        /// As the log has it.
        var sentence: String {
            switch self {
            case .slowFailover: "2 targets: set accept_slow_failover = true to accept slow failover"
            case .managed: "CloudFormation manages it: change it there, or set adopt = true"
            case .observeMode: "mode is observe"
            case .actionOff: "actions does not list interval"
            case .otherCheck: "this check does not touch MySQL"
            case .neverSucceeds:
                "MySQL does not speak what this check speaks: it never succeeds, and costs errors"
            }
        }
    }

    @Test func `a server behind a socket is waited for, and its own port counts`() async throws {
        let policy = IntervalPolicy.sample { policy in
            policy.watchedPorts = []
            policy.serversWithoutPort = ["orders"]
        }
        let bench = try TargetGroupBench(policy, .sample())
        try await bench.run {
            #expect(bench.status?.held == "port_unknown")
            var server = ServerStatus.untried("orders")
            server.port = 3306
            bench.board.replace(servers: [(server, true)], targetGroups: bench.board.targetGroups)
            await bench.turn()
            #expect(bench.group.interval == .seconds(300))
        }
    }

    @Test func `a draining second target holds nothing`() async throws {
        let targets: [TargetGroupEvidence.Target] = [.sample(), .sample("10.0.4.8", state: "draining")]
        let bench = try TargetGroupBench(.sample(), .sample(targets: targets))
        try await bench.run()
        #expect(bench.group.takenCalls() == ["look", "set 300 s", "look"])
    }

    @Test func `another reason is told and audited, and the first one again when it comes back`()
        async throws
    {
        let bench = try TargetGroupBench(.sample(), .sample(transport: "HTTP", port: "9200"))
        try await bench.run {
            bench.group.change { $0.group = .sample(targets: [.sample(), .sample("10.0.4.8")]) }
            await bench.turn()
            bench.group.set(interval: 300)
            await bench.turn()
            #expect(bench.status?.held == nil)
            bench.group.set(interval: 30)
            await bench.turn()
        }
        #expect(
            try bench.audit == [
                "held 30 -> 300 other_check", "held 30 -> 300 slow_failover", "held 30 -> 300 slow_failover",
            ]
        )
    }

    @Test func `set back three times in a day is corrected twice, then latched as an error`() async throws {
        let bench = try TargetGroupBench()
        try await bench.run {
            for _ in 1...3 {
                bench.group.set(interval: 30)
                await bench.turn()
            }
            #expect(
                bench.group.takenCalls() == [
                    "look", "set 300 s", "look", "look", "set 300 s", "look", "look", "set 300 s", "look",
                    "look",
                ]
            )
            // Even after the day that the corrections were of.
            await bench.turns(until: .seconds(2 * 86_400))
            #expect(!bench.group.takenCalls().contains("set 300 s"))
        }
        #expect(
            try bench.audit == [
                "intent 30 -> 300", "outcome 30 -> 300 ok", "intent 30 -> 300", "outcome 30 -> 300 ok",
                "intent 30 -> 300", "outcome 30 -> 300 ok", "held 30 -> 300 latched",
            ]
        )
        #expect(bench.status?.held == "latched")
        #expect(
            bench.log.taken().filter { $0.hasPrefix("<3>") } == [
                "<3>the health-check interval is left alone interval=\"30 s\" reason=\"somebody keeps setting "
                    + "it back; find out who, then reload hostcached\" target_group=\(Self.arn) wanted=\"5 min\""
            ]
        )
    }

    @Test func `a reload takes the latch off, and the corrections with it`() async throws {
        let bench = try TargetGroupBench()
        try await bench.run {
            for _ in 1...3 {
                bench.group.set(interval: 30)
                await bench.turn()
            }
            #expect(bench.status?.held == "latched")
            bench.board.update { $0.reloads += 1 }
            await bench.turn()
            #expect(bench.status?.held == nil)
            #expect(bench.group.interval == .seconds(300))
        }
    }

    @Test func `a restart takes the latch off, and the corrections with it`() async throws {
        let first = try TargetGroupBench()
        try await first.run {
            for _ in 1...3 {
                first.group.set(interval: 30)
                await first.turn()
            }
        }
        #expect(first.status?.held == "latched")
        #expect(try first.state?.corrections == [])
        let second = try TargetGroupBench(.sample(), folder: first.folder, startingAt: .seconds(600))
        try await second.run()
        #expect(second.group.takenCalls() == ["look", "set 300 s", "look"])
    }
}
