import Configuration
import Testing

/// The keys of a server that are about its target groups.
@Suite struct TargetGroupTests {
    private static let group =
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/0123456789abcdef"
    private static let prefix = "hostcached.toml:6: server \"orders\": "

    private func problems(_ group: String) -> [String] {
        FakeFiles(server: "target_groups = [\"\(group)\"]").problems()
    }

    @Test(
        arguments: [
            group,
            "arn:aws-cn:elasticloadbalancing:cn-north-1:000000000000:targetgroup/a/1",
            "arn:aws-us-gov:elasticloadbalancing:us-gov-west-1:999999999999:targetgroup/a-b-9/F",
            "arn:aws-eusc:elasticloadbalancing:eusc-de-east-1:999999999999:targetgroup/a-b-9/F",
            "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/"
                + "n23456789012345678901234567890-2/0123456789abcdef",
        ]
    )
    func `the ARN of a target group is taken as it is`(_ group: String) throws {
        let servers = try FakeFiles(server: "target_groups = [\"\(group)\"]").load().servers
        #expect(servers.map(\.targetGroups) == [[group]])
    }

    @Test(arguments: [
        "orders", "arn", "arn:aws:elasticloadbalancing:us-east-1:123456789012", "ARN:a:b:c:d:e",
    ])
    func `other texts than ARNs are refused with an example`(_ text: String) {
        #expect(
            problems(text) == [
                "\(Self.prefix)target_groups: \"\(text)\" is not the ARN of a target group "
                    + "(example: \(Self.group))"
            ]
        )
    }

    @Test(
        arguments: [
            (
                "arn:aws:", "arn:aws-iso:",
                "partition \"aws-iso\" is not one of aws, aws-cn, aws-us-gov, aws-eusc"
            ),
            ("arn:aws:", "arn::", "partition \"\" is not one of aws, aws-cn, aws-us-gov, aws-eusc"),
            (":elasticloadbalancing:", ":rds:", "service \"rds\" is not elasticloadbalancing"),
            (":us-east-1:", "::", "\"\" is not a region"),
            (":us-east-1:", ":us-east-1a:", "\"us-east-1a\" is not a region"),
            ("123456789012", "12345678901", "account \"12345678901\" is not 12 digits"),
            ("123456789012", "1234567890123", "account \"1234567890123\" is not 12 digits"),
            ("123456789012", "12345678901x", "account \"12345678901x\" is not 12 digits"),
            ("123456789012", "", "account \"\" is not 12 digits"),
            (
                "targetgroup/orders/0123456789abcdef", "loadbalancer/net/orders/0123456789abcdef",
                "\"loadbalancer/net/orders/0123456789abcdef\" is not targetgroup/NAME/ID"
            ),
            ("/0123456789abcdef", "", "\"targetgroup/orders\" is not targetgroup/NAME/ID"),
            ("0123456789abcdef", "", "\"targetgroup/orders/\" is not targetgroup/NAME/ID"),
            ("0123456789abcdef", "0/1", "\"targetgroup/orders/0/1\" is not targetgroup/NAME/ID"),
            ("0123456789abcdef", "0:1", "\"targetgroup/orders/0:1\" is not targetgroup/NAME/ID"),
            ("0123456789abcdef", "é", "\"targetgroup/orders/é\" is not targetgroup/NAME/ID"),
            ("/orders/", "//", "\"targetgroup//0123456789abcdef\" is not targetgroup/NAME/ID"),
            ("/orders/", "/-/", "\"targetgroup/-/0123456789abcdef\" is not targetgroup/NAME/ID"),
            ("/orders/", "/-a/", "\"targetgroup/-a/0123456789abcdef\" is not targetgroup/NAME/ID"),
            ("/orders/", "/a-/", "\"targetgroup/a-/0123456789abcdef\" is not targetgroup/NAME/ID"),
            ("/orders/", "/a_b/", "\"targetgroup/a_b/0123456789abcdef\" is not targetgroup/NAME/ID"),
            (
                "/orders/", "/n23456789012345678901234567890-23/",
                "\"targetgroup/n23456789012345678901234567890-23/0123456789abcdef\" is not targetgroup/NAME/ID"
            ),
        ]
    )
    func `each part of the ARN is checked`(_ part: String, _ other: String, _ message: String) {
        let text = Self.group.replacing(part, with: other)
        let expected = "target_groups: \"\(text)\" is not the ARN of a target group: \(message)"
        #expect(problems(text) == [Self.prefix + expected])
    }

    @Test func `every wrong ARN of a list is reported`() {
        #expect(
            FakeFiles(server: "target_groups = [\"a\", \"\(Self.group)\", \"b\"]").problems().map {
                $0.prefix(Self.prefix.count + 18)
            } == ["\(Self.prefix)target_groups: \"a\"", "\(Self.prefix)target_groups: \"b\""]
        )
    }

    @Test func `a group is listed once by a server`() {
        let text = "target_groups = [\"\(Self.group)\", \"\(Self.group)\"]"
        #expect(
            FakeFiles(server: text).problems()
                == ["\(Self.prefix)target_groups: \"\(Self.group)\" is listed twice"]
        )
    }

    @Test func `two servers may list one group, and none is fine`() throws {
        let text = """
            mode = "observe"
            [defaults]
            user = "watch"
            target_groups = ["\(Self.group)"]
            accept_slow_failover = true
            adopt = true
            [[server]]
            name = "a"
            host = "a"
            [[server]]
            name = "b"
            host = "b"
            accept_slow_failover = false
            [[server]]
            name = "c"
            host = "c"
            target_groups = []
            adopt = false
            """
        let servers = try FakeFiles(text).load().servers
        #expect(servers.map(\.targetGroups) == [[Self.group], [Self.group], []])
        #expect(servers.map(\.acceptSlowFailover) == [true, false, true])
        #expect(servers.map(\.adopt) == [true, true, false])
    }

    @Test(arguments: ["accept_slow_failover", "adopt"])
    func `booleans are true or false`(_ key: String) {
        for (value, kind) in [("\"true\"", "a string"), ("1", "an integer"), ("[]", "an array")] {
            #expect(
                FakeFiles(server: "\(key) = \(value)").problems()
                    == ["\(Self.prefix)\(key): must be true or false, not \(kind)"]
            )
        }
    }
}
