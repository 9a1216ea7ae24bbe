import HostCacheCore
import Testing

@Suite struct TargetGroupEvidenceTests {
    typealias Group = TargetGroupEvidence
    typealias Check = TargetGroupEvidence.HealthCheck

    @Test(
        arguments: [
            (.sample(), true),
            (.sample(port: "3306"), true),
            (.sample(port: "3307"), false),
            (.sample(port: "33060"), false),
            (.sample(port: ""), false),
            (.sample(port: "a later word"), false),
            (.sample(transport: "HTTP", port: "9200"), false),
            (.sample(transport: "HTTP"), true),
            (.sample(transport: "HTTPS", port: "3306"), true),
            (.sample(transport: "a later word"), true),
            (.sample(isEnabled: false), false),
            (.sample(isEnabled: false, port: "3306"), false),
        ] as [(Check, Bool)]
    )
    func `an enabled check on the watched port touches MySQL, whatever it speaks`(
        _ check: Check,
        _ touches: Bool
    ) {
        #expect(Group.sample(check: check).touches(port: 3306) == touches)
    }

    @Test(
        arguments: [
            (3306, [], true), (3307, [], false), (nil, [], false),
            (3306, [3306], true), (3307, [3306], true), (nil, [3306], true),
            (3306, [3307], false), (3306, [3307, 3308], false), (3307, [3307, 3306], true),
            (3306, [nil], true), (3307, [nil], false), (nil, [nil], false),
            (3306, [3307, nil], true), (3307, [3308, nil], false), (3307, [3306, nil], true),
        ] as [(UInt16?, [UInt16?], Bool)]
    )
    func `a target's own port wins over the group's`(
        _ port: UInt16?,
        _ targets: [UInt16?],
        _ touches: Bool
    ) {
        let group = Group.sample(port: port, targets: targets.map { .sample(port: $0) })
        #expect(group.touches(port: 3306) == touches)
    }

    @Test func `a check on a port of its own does not follow the targets`() {
        let group = Group.sample(check: .sample(port: "3306"), targets: [.sample(port: 3307)])
        #expect(group.touches(port: 3306))
        #expect(!group.touches(port: 3307))
    }

    @Test(
        arguments: [
            ("healthy", true), ("unhealthy", true), ("initial", true), ("unavailable", true),
            ("a later word", true), ("", true), ("draining", false), ("unhealthy.draining", false),
            ("unused", false),
        ]
    )
    func `draining and unused targets do not count`(_ state: String, _ isLive: Bool) {
        let group = Group.sample(targets: [.sample(state: state)])
        #expect(group.liveTargets == (isLive ? group.targets : []))
    }

    @Test(
        arguments: [
            ("aws:cloudformation:stack-name", "orders", .cloudFormation),
            ("aws:cloudformation:", "", .cloudFormation),
            ("elbv2.k8s.aws/cluster", "main", .kubernetes),
            ("kubernetes.io/cluster/main", "owned", .kubernetes),
            ("ingress.k8s.aws/stack", "orders", .kubernetes),
            ("terraform", "true", .terraform),
            ("ManagedBy", "Terraform", .terraform),
            ("TERRAFORM_WORKSPACE", "", .terraform),
            ("repository", "git/my-terraform-modules", .terraform),
            ("aws:cloudformation", "x", nil),
            ("my:aws:cloudformation:stack-name", "x", nil),
            ("AWS:CLOUDFORMATION:stack-name", "x", nil),
            ("k8s.aws/cluster", "elbv2.k8s.aws/", nil),
            ("my.kubernetes.io/x", "kubernetes.io/", nil),
            ("terra", "form", nil),
            ("Name", "orders", nil),
        ] as [(String, String, Group.Manager?)]
    )
    func `a manager is known by its tags`(_ key: String, _ value: String, _ manager: Group.Manager?) {
        let own = Group.Tag(key: "team", value: "data")
        #expect(Group.sample(tags: [own, Group.Tag(key: key, value: value)]).manager == manager)
    }

    @Test func `without tags nobody manages it`() {
        #expect(Group.sample().manager == nil)
    }

    @Test func `a sure sign wins over a guess`() {
        let guess = Group.Tag(key: "ManagedBy", value: "terraform")
        let sure = Group.Tag(key: "aws:cloudformation:stack-id", value: "x")
        #expect(Group.sample(tags: [guess, sure]).manager == .cloudFormation)
        #expect(Group.sample(tags: [sure, guess]).manager == .cloudFormation)
    }

    /// The figures of `facts` for AWS: what 300 s costs beside the default.
    @Test(
        arguments: [
            (30, 2, 60), (30, 10, 300), (300, 2, 600), (300, 3, 900), (300, 10, 3000), (5, 2, 10),
        ] as [(Int64, Int, Int64)]
    )
    func `a dead target is noticed after interval times threshold`(
        _ interval: Int64,
        _ threshold: Int,
        _ seconds: Int64
    ) {
        let check = Check.sample(interval: interval, unhealthyThreshold: threshold)
        #expect(check.detectionTime == .seconds(seconds))
    }

    @Test(
        arguments: [
            (30, 5, 330), (300, 2, 13 * 60), (300, 5, 28 * 60), (10, 2, 200), (5, 2, 190),
        ] as [(Int64, Int, Int64)]
    )
    func `a new target waits for its registration too`(
        _ interval: Int64,
        _ threshold: Int,
        _ seconds: Int64
    ) {
        let check = Check.sample(interval: interval, healthyThreshold: threshold)
        #expect(check.newTargetTime == .seconds(seconds))
    }

    @Test(arguments: [(.max, .max), (.max, 2), (300, .max)] as [(Int64, Int)])
    func `times beyond any answer of AWS saturate`(_ interval: Int64, _ threshold: Int) {
        let check = Check.sample(
            interval: interval,
            healthyThreshold: threshold,
            unhealthyThreshold: threshold
        )
        #expect(check.detectionTime == .farFuture)
        #expect(check.newTargetTime == .farFuture)
    }
}
