import TestSupport
import TestTraits
import Testing

/// The daemon against the strict stand-in for AWS.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct IntervalTests {
    private static func metric(_ name: String, _ group: String, _ labels: String = "") -> String {
        #"hostcached_target_group_\#(name){target_group="\#(IntervalScenario.arn(group))"\#(labels)}"#
    }

    private static func group(
        _ name: String,
        port: UInt16,
        _ change: (inout TargetGroupState) -> Void = { _ in }
    ) -> TargetGroupState {
        var group = TargetGroupState(
            arn: IntervalScenario.arn(name),
            port: port,
            targets: [TargetGroupState.Target(id: "10.0.9.17", port: port)]
        )
        change(&group)
        return group
    }

    @Test func `each target group ends as the design says`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            try await FakeAWS.with(
                accepting: [IntervalScenario.credentials],
                pageSize: 2,
                now: WallTime.now
            ) { fake in
                let port = scenario.server.port
                let second = TargetGroupState.Target(id: "10.0.9.18", port: port)
                let draining = TargetGroupState.Target(id: "10.0.9.18", port: port, state: "draining")
                let groups = [
                    Self.group("plain", port: port),
                    Self.group("http", port: port) { group in
                        group.healthCheck.protocol = "HTTP"
                        group.healthCheck.port = "9200"
                    },
                    Self.group("two", port: port) { $0.targets.append(second) },
                    Self.group("draining", port: port) { $0.targets.append(draining) },
                    Self.group("stack", port: port) { group in
                        group.tags = [.init(key: "aws:cloudformation:stack-name", value: "net")]
                    },
                    Self.group("longer", port: port) { $0.healthCheck.interval = .seconds(300) },
                ]
                for group in groups { await fake.put(group) }
                let daemon = try await DaemonProcess(
                    on: scenario.server,
                    mode: "enforce",
                    keys: IntervalScenario.key(groups.map(\.arn)),
                    sections: IntervalScenario.section(fake.endpoint) + "\nhealth_check_interval = \"240s\"",
                    environment: IntervalScenario.environment(IntervalScenario.credentials),
                    in: scenario.folder
                )
                let expected: [String: Double] = [
                    "plain": 240, "http": 30, "two": 30, "draining": 240, "stack": 30, "longer": 300,
                ]
                for (name, seconds) in expected {
                    try await waitUntil("\(name) is at \(seconds) s") {
                        daemon.metric(Self.metric("health_check_interval_seconds", name)) == seconds
                    }
                }
                let reasons = ["http": "other_check", "two": "slow_failover", "stack": "managed"]
                for (name, reason) in reasons {
                    try await waitUntil("\(name) is held: \(reason)") {
                        daemon.metric(Self.metric("held", name, #",reason="\#(reason)""#)) == 1
                    }
                }
                // A check that touches no MySQL makes no errors, so there it is no drift.
                let drift: [String: Double] = [
                    "plain": 0, "http": 0, "two": 1, "draining": 0, "stack": 1, "longer": 0,
                ]
                for (name, value) in drift {
                    #expect(daemon.metric(Self.metric("drift", name)) == value, "\(name)")
                }
                try await daemon.stop()

                for (name, seconds) in expected {
                    let interval = await fake.interval(of: IntervalScenario.arn(name))
                    #expect(interval == .seconds(seconds), "\(name)")
                }
                let changed = await fake.requests.filter { $0.action == "ModifyTargetGroup" }
                #expect(
                    Set(changed.map { $0.parameters["TargetGroupArn"] }) == [
                        IntervalScenario.arn("plain"), IntervalScenario.arn("draining"),
                    ]
                )
                #expect(Set(changed.map(\.outcome)) == ["ok"])
                for (name, reason) in reasons {
                    let held = daemon.audit.filter {
                        $0.contains(#""phase":"held""#) && $0.contains("targetgroup/\(name)/")
                    }
                    #expect(held.count == 1)
                    #expect(held.first?.contains(#""detail":"\#(reason)""#) == true)
                }
            }
        }
    }

    @Test(arguments: ["down", "slow", "login page", "truncated"])
    func `a server is protected whatever becomes of AWS`(_ fault: String) async throws {
        try await Scenario.with(.mariadb) { scenario in
            try await FakeAWS.with(accepting: [IntervalScenario.credentials], now: WallTime.now) { fake in
                await fake.put(Self.group("plain", port: scenario.server.port))
                switch fault {
                case "down": try await fake.set(.init(isDown: true))
                case "slow": try await fake.set(.init(delay: .seconds(40)))
                case "truncated": try await fake.set(.init(rubbish: .truncated))
                default: try await fake.set(.init(rubbish: .loginPage))
                }
                try await scenario.block()
                let daemon = try await DaemonProcess(
                    on: scenario.server,
                    mode: "enforce",
                    keys: IntervalScenario.key([IntervalScenario.arn("plain")]),
                    sections: IntervalScenario.section(fake.endpoint),
                    environment: IntervalScenario.environment(IntervalScenario.credentials),
                    in: scenario.folder
                )
                // Before a call to AWS that is not answered is given up.
                try await waitUntil(deadline: .seconds(25), "the blocked host can log in") {
                    await scenario.login() == nil
                }
                try await waitUntil("the daemon has written its metrics") {
                    daemon.metric(#"hostcached_max_connect_errors{server="orders"}"#) == 5000
                }
                #expect(daemon.metric(Self.metric("health_check_interval_seconds", "plain")) == nil)
                let status = try await daemon.stop()
                #expect(status == .code(0))
            }
        }
    }
}
