import TestSupport
import TestTraits
import Testing

extension ELBv2Contract {
    /// One change of a group with interval 30 s and timeout 10 s, and whether AWS takes it.
    struct Change: Hashable, Sendable, CustomTestStringConvertible {
        let parameters: [String: String]
        let isAllowed: Bool

        init(
            _ isAllowed: Bool,
            interval: String? = nil,
            timeout: String? = nil,
            healthy: String? = nil,
            unhealthy: String? = nil
        ) {
            self.isAllowed = isAllowed
            parameters = [
                "HealthCheckIntervalSeconds": interval, "HealthCheckTimeoutSeconds": timeout,
                "HealthyThresholdCount": healthy, "UnhealthyThresholdCount": unhealthy,
            ].compactMapValues(\.self)
        }

        var testDescription: String { parameters.sorted(by: <).map { "\($0)=\($1)" }.joined(separator: " ") }
    }

    static let changes = [
        Change(false, interval: "4", timeout: "2"),
        Change(true, interval: "5", timeout: "4"),
        Change(true, interval: "300"),
        Change(false, interval: "301"),
        // The timeout stays 10.
        Change(false, interval: "9"),
        Change(false, interval: "10"),
        Change(true, interval: "11"),
        // The interval stays 30.
        Change(false, timeout: "1"),
        Change(true, timeout: "2"),
        Change(true, timeout: "29"),
        Change(false, timeout: "30"),
        Change(true, interval: "121", timeout: "120"),
        Change(false, interval: "300", timeout: "121"),
        Change(false, healthy: "1"),
        Change(true, healthy: "2"),
        Change(true, healthy: "10"),
        Change(false, healthy: "11"),
        Change(false, unhealthy: "1"),
        Change(true, unhealthy: "2"),
        Change(true, unhealthy: "10"),
        Change(false, unhealthy: "11"),
    ]

    @Test(arguments: ELBv2Subject.Kind.allCases, changes)
    func `takes health check settings within AWS's limits only`(
        _ kind: ELBv2Subject.Kind,
        _ change: Change
    ) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let answer = try await subject.client.call(
                "ModifyTargetGroup",
                change.parameters.merging(["TargetGroupArn": subject.group.arn]) { own, _ in own }
            )
            // moto checks none of them.
            let expected: Verdict = change.isAllowed || kind == .moto ? .accepted : .invalid
            #expect(Verdict(answer) == expected)
            let wanted = change.parameters["HealthCheckIntervalSeconds"] ?? "30"
            #expect(try await subject.interval() == (expected == .accepted ? wanted : "30"))
        }
    }

    @Test(arguments: ELBv2Subject.Kind.allCases, ["", "abc", "30.5", "+30", "030", "9223372036854775808"])
    func `takes no interval that is not a whole number`(
        _ kind: ELBv2Subject.Kind,
        _ text: String
    ) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let answer = try await subject.client.call(
                "ModifyTargetGroup",
                ["TargetGroupArn": subject.group.arn, "HealthCheckIntervalSeconds": text]
            )
            switch kind {
            case .fake: #expect(Verdict(answer) == .invalid)
            // Python's int() takes more than AWS does, and what it refuses ends moto's answer.
            case .moto where Int(text) != nil: #expect(Verdict(answer) == .accepted)
            case .moto where text == "9223372036854775808": #expect(Verdict(answer) == .accepted)
            case .moto: #expect(Verdict(answer) == .crashed(500))
            }
        }
    }

    @Test(
        arguments: ELBv2Subject.Kind.allCases,
        ["ModifyTargetGroup", "DescribeTargetHealth", "DescribeTags"]
    )
    func `wants the parameters that an action needs`(
        _ kind: ELBv2Subject.Kind,
        _ action: String
    ) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let answer = try await subject.client.call(action)
            switch kind {
            case .fake: #expect(Verdict(answer) == .invalid)
            // moto looks for the group without a name.
            case .moto: #expect(Verdict(answer) == (action == "DescribeTags" ? .accepted : .notFound))
            }
        }
    }

    @Test(arguments: ELBv2Subject.Kind.allCases)
    func `knows only the actions of its version`(_ kind: ELBv2Subject.Kind) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let expected: Verdict = kind == .fake ? .refused(400, "InvalidAction") : .crashed(500)
            let misspelt = try await subject.client.call("ModifyTargetGrop")
            #expect(Verdict(misspelt) == expected)
            let older = try await subject.client.call(
                "DescribeTargetGroups",
                [:],
                service: "elasticloadbalancing",
                version: "2014-01-01"
            )
            #expect(Verdict(older) == expected)
        }
    }
}
