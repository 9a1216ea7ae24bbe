import HostCacheCore
import Testing

@Suite struct IntervalFindingsTests {
    private static let command =
        "aws elbv2 modify-target-group --target-group-arn \(TargetGroupEvidence.sample().arn) "
        + "--health-check-interval-seconds 300"
    private static let cost = "detection 1 min -> 10 min, new target 5 min 30 s -> 28 min"

    /// The finding on a group that was never changed.
    private func finding(_ group: TargetGroupEvidence, _ policy: IntervalPolicy = .sample()) -> Finding {
        var memory = IntervalMemory()
        return group.finding(memory.verdict(group, policy: policy, at: .zero), policy: policy)
    }

    private func short(_ why: String) -> Finding {
        Finding(
            .interval,
            .warning,
            "target group orders checks every 30 s, wanted 5 min",
            why: why,
            fixes: [Finding.Fix(.shell, Self.command, .lasting)]
        )
    }

    @Test func `a short interval shows its cost before and after`() {
        #expect(finding(.sample()) == short("\(Self.cost); hostcached sets it in enforce"))
    }

    @Test func `an interval that is long enough shows its cost`() {
        #expect(
            finding(.sample(check: .sample(interval: 300)))
                == Finding(
                    .interval,
                    .ok,
                    "target group orders checks every 5 min",
                    why:
                        "a failed target is noticed after 10 min, a new one takes traffic after 28 min at least"
                )
        )
    }

    @Test func `another check is no fault`() {
        #expect(
            finding(.sample(check: .sample(transport: "HTTP", port: "9200")))
                == Finding(
                    .otherCheck,
                    .ok,
                    "target group orders checks every 30 s by HTTP on port 9200: "
                        + "this check does not touch MySQL"
                )
        )
    }

    @Test(arguments: ["HTTP", "HTTPS"], [30, 300] as [Int64])
    func `a check that MySQL never passes is a warning at any interval`(transport: String, interval: Int64) {
        let every = interval == 30 ? "30 s" : "5 min"
        #expect(
            finding(.sample(check: .sample(transport: transport, interval: interval)))
                == Finding(
                    .checkNeverSucceeds,
                    .warning,
                    "target group orders checks MySQL's port every \(every) by \(transport): each check costs an "
                        + "error and none succeeds",
                    why:
                        "MySQL speaks no \(transport), so the target is never healthy; where none is, the load "
                        + "balancer sends traffic to all of them, and the errors go on",
                    fixes: [
                        Finding.Fix(
                            .shell,
                            "aws elbv2 modify-target-group --target-group-arn \(TargetGroupEvidence.sample().arn) "
                                + "--health-check-protocol TCP",
                            .lasting
                        ),
                        Finding.Fix(
                            .advice,
                            "or, for checks without errors: HTTP on another port, of a program that asks the server",
                            .lasting
                        ),
                    ]
                )
        )
    }

    @Test func `while a server's port is not known nothing is said of its check`() {
        var policy = IntervalPolicy.sample(watchedPorts: [])
        policy.serversWithoutPort = ["orders"]
        #expect(
            finding(.sample(), policy)
                == Finding(
                    .interval,
                    .ok,
                    "target group orders checks every 30 s on port traffic-port",
                    why: "a server behind a socket has not told its port yet, so it may be another's check"
                )
        )
    }

    @Test func `a TCP check on another port may lead to the same server`() {
        let found = finding(.sample(check: .sample(transport: "TCP", port: "3307")))
        #expect(found.code == .otherCheck)
        #expect(found.level == .ok)
        #expect(found.why?.contains("configure the check's port then") == true)
    }

    @Test(
        arguments: [
            (
                .slowFailover(targets: 2),
                "2 targets: set accept_slow_failover = true to accept slow failover"
            ),
            (
                .managed(.cloudFormation),
                "CloudFormation manages it: change it there, or set adopt = true"
            ),
            (.managed(.kubernetes), "Kubernetes manages it: change it there, or set adopt = true"),
            (
                .managed(.terraform),
                "its tags mention Terraform, which would set it back: change it there, or set adopt = true"
            ),
            (.observeMode, "mode is observe"),
            (.actionOff, "actions does not list interval"),
            (.latched, "somebody keeps setting it back; find out who, then reload hostcached"),
            (
                .retries(at: .seconds(300)),
                "the last change failed; it is tried again within the hour"
            ),
        ] as [(IntervalMemory.Held, String)]
    )
    func `what is left alone says why and what would change it`(_ held: IntervalMemory.Held, _ why: String) {
        #expect(
            TargetGroupEvidence.sample().finding(.held(held), policy: .sample())
                == short("\(Self.cost); left alone: \(why)")
        )
    }

    @Test func `the command takes timeout and threshold along`() {
        let change = IntervalChange(interval: .seconds(60), timeout: .seconds(59), healthyThreshold: 2)
        #expect(
            change.command("ARN")
                == "aws elbv2 modify-target-group --target-group-arn ARN --health-check-interval-seconds 60 "
                + "--health-check-timeout-seconds 59 --healthy-threshold-count 2"
        )
    }
}
