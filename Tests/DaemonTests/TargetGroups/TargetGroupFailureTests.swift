import Daemon
import HostCacheCore
import Testing

/// What comes of AWS not doing what it is asked.
@Suite(.timeLimit(.minutes(5))) struct TargetGroupFailureTests {
    private static let arn = TargetGroupBench.arn
    private static let set = "set 300 s"

    @Test func `an interval that reads back unchanged has failed, and is tried again after 5 minutes`()
        async throws
    {
        let bench = try TargetGroupBench()
        bench.group.change { $0.answers = [.hasNoEffect] }
        try await bench.run {
            #expect(bench.group.takenCalls() == ["look", Self.set, "look"])
            #expect(bench.status?.held == "failed")
            await bench.turns(until: .seconds(299))
            #expect(!bench.group.takenCalls().contains(Self.set))
            await bench.turns(until: .seconds(300))
            #expect(bench.group.takenCalls() == ["look", Self.set, "look"])
            #expect(bench.status?.held == nil)
        }
        #expect(
            try bench.audit == [
                "intent 30 -> 300", "outcome 30 -> 30 failed", "held 30 -> 300 failed", "intent 30 -> 300",
                "outcome 30 -> 300 ok",
            ]
        )
        #expect(
            bench.log.taken().contains(
                "<3>health-check interval was not taken as wanted before=\"30 s\" "
                    + "detection=\"1 min -> 1 min\" "
                    + "id=2026-11-23T02:13:20.000Z-1 interval=\"30 s\" "
                    + "new_target=\"5 min 30 s -> 5 min 30 s\" target_group=\(Self.arn)"
            )
        )
    }

    @Test(
        arguments: [
            (.denied, "failed ModifyTargetGroup denied"), (.throttled, "failed rate exceeded"),
            (.lost, "unknown no answer"),
        ] as [(TargetGroupFailure, String)]
    )
    func `a change that fails is audited as what is known of it, and tried again after 5 minutes`(
        _ failure: TargetGroupFailure,
        _ outcome: String
    ) async throws {
        let bench = try TargetGroupBench()
        bench.group.change { $0.answers = [.fails(failure)] }
        try await bench.run {
            #expect(bench.group.takenCalls() == ["look", Self.set])
            await bench.turns(until: .seconds(299))
            #expect(!bench.group.takenCalls().contains(Self.set))
            await bench.turns(until: .seconds(360))
            #expect(bench.group.takenCalls().filter { $0 == Self.set }.count == 1)
        }
        #expect(
            try bench.audit == [
                "intent 30 -> 300", "outcome 30 -> ? \(outcome)", "held 30 -> 300 failed",
                "intent 30 -> 300", "outcome 30 -> 300 ok",
            ]
        )
        #expect(bench.group.interval == .seconds(300))
    }

    @Test func `a change whose answer is lost is looked up and not repeated`() async throws {
        let bench = try TargetGroupBench()
        bench.group.change { $0.answers = [.worksAndFails(.lost)] }
        try await bench.run { await bench.turns(until: .seconds(900)) }
        #expect(bench.group.takenCalls().filter { $0 == Self.set } == [Self.set])
        #expect(try bench.audit == ["intent 30 -> 300", "outcome 30 -> ? unknown no answer"])
        #expect(bench.status?.interval == .seconds(300))
        // It was changed, so what was there before is needed to put it back.
        #expect(try bench.state?.originalIntervalSeconds == 30)
        #expect(try bench.state?.originalTimeoutSeconds == 10)
    }

    /// The change itself was taken: whatever ails the look after it, the audit must not say "failed".
    @Test(arguments: [.denied, .throttled, .lost] as [TargetGroupFailure])
    func `a change whose reading back fails has an unknown outcome`(
        _ failure: TargetGroupFailure
    )
        async throws
    {
        let bench = try TargetGroupBench()
        bench.group.change { $0.failureAfterChange = failure }
        try await bench.run()
        #expect(bench.group.takenCalls() == ["look", Self.set, "look"])
        #expect(
            try bench.audit == ["intent 30 -> 300", "outcome 30 -> ? unknown \(failure.description)"]
        )
        #expect(try bench.state?.originalIntervalSeconds == 30)
    }

    @Test func `a refused change leaves no original behind`() async throws {
        let bench = try TargetGroupBench()
        bench.group.change { $0.answers = [.fails(.denied)] }
        try await bench.run()
        #expect(try bench.state == StateDocument.TargetGroup())
    }

    @Test(
        arguments: [(.throttled, "4"), (.lost, "4"), (.denied, "3")] as [(TargetGroupFailure, String)]
    )
    func `a group that cannot be read is told once, and once more when it can`(
        _ failure: TargetGroupFailure,
        _ level: String
    ) async throws {
        let bench = try TargetGroupBench(.sample(), .sample(interval: 300))
        bench.group.change { $0.failure = failure }
        try await bench.run {
            await bench.turns(until: .seconds(3600))
            #expect(bench.status == TargetGroupStatus(arn: Self.arn, wanted: .seconds(300)))
            bench.group.change { $0.failure = nil }
            await bench.turn()
        }
        let told = bench.log.taken()
        #expect(told.count == 2)
        #expect(
            told.first?.hasPrefix(
                "<\(level)>target group cannot be read, servers are protected all the same "
                    + "error=\"\(failure.description)\" retry_in="
            ) == true
        )
        #expect(
            told.last
                == "<5>target group is read interval=\"5 min\" target_group=\(Self.arn) wanted=\"5 min\""
        )
        #expect(try bench.audit == [])
    }

    @Test func `waits longer after each failure, up to 5 minutes, and a minute again after a success`()
        async throws
    {
        let bench = try TargetGroupBench(.sample(), .sample(interval: 300))
        bench.group.change { $0.failure = .lost }
        try await bench.run {
            for full in [5, 10, 20, 40, 80, 160, 300, 300, 300] as [Int64] {
                #expect((.seconds(full) / 2...Duration.seconds(full)).contains(bench.sleep))
                await bench.turn()
            }
            bench.group.change { $0.failure = nil }
            await bench.turn()
            #expect(bench.sleep == .seconds(60))
            bench.group.change { $0.failure = .lost }
            await bench.turn()
            #expect((.milliseconds(2500)...Duration.seconds(5)).contains(bench.sleep))
        }
    }

    @Test func `without AWS the interval read last stands for an hour, then the assumed one`() async throws {
        let bench = try TargetGroupBench()
        try await bench.run {
            #expect(bench.intervalInForce == .seconds(300))
            bench.group.change { $0.failure = .lost }
            await bench.turns(until: .seconds(3000))
            #expect(bench.status?.interval == nil)
            let counted = [3599, 3600, 3601].map {
                bench.intervals.interval(
                    of: [Self.arn],
                    port: 3306,
                    assumed: .seconds(7),
                    awaitsReadings: false,
                    at: .seconds($0 as Int64)
                )
            }
            #expect(counted == [.seconds(300), .seconds(300), .seconds(7)])
        }
    }
}
