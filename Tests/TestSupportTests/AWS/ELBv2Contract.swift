import Secrets
import SigV4
import TestSupport
import TestTraits
import Testing

/// The same requests to ``FakeAWS`` and to moto; where they differ, both answers are written down.
@Suite(.tags(.server), .timeLimit(.minutes(5))) struct ELBv2Contract {
    typealias Kind = ELBv2Subject.Kind

    static let namespace = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/"
    static let unknown =
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/nope/0123456789abcdef"

    @Test(arguments: Kind.allCases)
    func `describes a group by its ARN`(_ kind: Kind) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let answer = try await subject.client.call(
                "DescribeTargetGroups",
                ["TargetGroupArns.member.1": subject.group.arn]
            )
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "text/xml")
            #expect(
                answer.bodyWithoutID == "<DescribeTargetGroupsResponse xmlns=\"\(Self.namespace)\">"
                    + "<DescribeTargetGroupsResult>\(described(subject.group, interval: 30))"
                    + "</DescribeTargetGroupsResult><ResponseMetadata><RequestId>ID</RequestId>"
                    + "</ResponseMetadata></DescribeTargetGroupsResponse>"
            )
        }
    }

    @Test(arguments: Kind.allCases)
    func `sets the interval, and says so at once and later`(_ kind: Kind) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let answer = try await subject.client.call(
                "ModifyTargetGroup",
                ["TargetGroupArn": subject.group.arn, "HealthCheckIntervalSeconds": "300"]
            )
            #expect(
                answer.bodyWithoutID == "<ModifyTargetGroupResponse xmlns=\"\(Self.namespace)\">"
                    + "<ModifyTargetGroupResult>\(described(subject.group, interval: 300))"
                    + "</ModifyTargetGroupResult><ResponseMetadata><RequestId>ID</RequestId>"
                    + "</ResponseMetadata></ModifyTargetGroupResponse>"
            )
            #expect(try await subject.interval() == "300")
        }
    }

    @Test(arguments: Kind.allCases)
    func `says that an unknown group is not found`(_ kind: Kind) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let described = try await subject.client.call(
                "DescribeTargetGroups",
                ["TargetGroupArns.member.1": subject.group.arn, "TargetGroupArns.member.2": Self.unknown]
            )
            #expect(described.status == 400)
            #expect(
                described.bodyWithoutID
                    == "<ErrorResponse xmlns=\"\(Self.namespace)\"><Error><Type>Sender</Type>"
                    + "<Code>TargetGroupNotFound</Code><Message>One or more target groups not found</Message>"
                    + "</Error><RequestId>ID</RequestId></ErrorResponse>"
            )
            let named = try await subject.client.call("DescribeTargetGroups", ["Names.member.1": "nope"])
            #expect(Verdict(named) == .notFound)
            for action in ["DescribeTargetHealth", "ModifyTargetGroup"] {
                let answer = try await subject.client.call(action, ["TargetGroupArn": Self.unknown])
                #expect(Verdict(answer) == .notFound, "\(action)")
            }
            // moto says that a group which is not there has no tags.
            let tags = try await subject.client.call("DescribeTags", ["ResourceArns.member.1": Self.unknown])
            #expect(Verdict(tags) == (kind == .fake ? .notFound : .accepted))
        }
    }

    @Test(arguments: Kind.allCases)
    func `shows the tags of at most 20 resources`(_ kind: Kind) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let one = try await subject.client.call("DescribeTags", arns(of: subject.group, count: 1))
            #expect(
                one.bodyWithoutID == "<DescribeTagsResponse xmlns=\"\(Self.namespace)\"><DescribeTagsResult>"
                    + "<TagDescriptions><member><ResourceArn>\(subject.group.arn)</ResourceArn><Tags><member>"
                    + "<Key>hostcached</Key><Value>managed</Value></member></Tags></member></TagDescriptions>"
                    + "</DescribeTagsResult><ResponseMetadata><RequestId>ID</RequestId></ResponseMetadata>"
                    + "</DescribeTagsResponse>"
            )
            let twenty = try await subject.client.call("DescribeTags", arns(of: subject.group, count: 20))
            #expect(Verdict(twenty) == .accepted)
            // moto has no such limit.
            let more = try await subject.client.call("DescribeTags", arns(of: subject.group, count: 21))
            #expect(Verdict(more) == (kind == .fake ? .invalid : .accepted))
        }
    }

    @Test(arguments: Kind.allCases)
    func `shows the health of every target`(_ kind: Kind) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let answer = try await subject.client.call(
                "DescribeTargetHealth",
                ["TargetGroupArn": subject.group.arn]
            )
            // AWS writes the number of the port that is checked, moto what the group says.
            let port = kind == .fake ? "3306" : "traffic-port"
            #expect(
                answer.bodyWithoutID == "<DescribeTargetHealthResponse xmlns=\"\(Self.namespace)\">"
                    + "<DescribeTargetHealthResult><TargetHealthDescriptions><member><Target><Id>10.0.1.10</Id>"
                    + "<Port>3306</Port></Target><HealthCheckPort>\(port)</HealthCheckPort><TargetHealth>"
                    + "<State>healthy</State></TargetHealth></member></TargetHealthDescriptions>"
                    + "</DescribeTargetHealthResult><ResponseMetadata><RequestId>ID</RequestId>"
                    + "</ResponseMetadata></DescribeTargetHealthResponse>"
            )
        }
    }

    /// The group as both write it, captured from moto 5.2.1.
    private func described(_ group: TargetGroupState, interval: Int) -> String {
        let name = group.arn.split(separator: "/")[1]
        return "<TargetGroups><member><TargetGroupArn>\(group.arn)</TargetGroupArn>"
            + "<TargetGroupName>\(name)</TargetGroupName><Protocol>TCP</Protocol><Port>3306</Port>"
            + "<VpcId>\(group.vpc)</VpcId><HealthCheckProtocol>TCP</HealthCheckProtocol>"
            + "<HealthCheckPort>traffic-port</HealthCheckPort><HealthCheckEnabled>true</HealthCheckEnabled>"
            + "<HealthCheckIntervalSeconds>\(interval)</HealthCheckIntervalSeconds>"
            + "<HealthCheckTimeoutSeconds>10</HealthCheckTimeoutSeconds>"
            + "<HealthyThresholdCount>5</HealthyThresholdCount>"
            + "<UnhealthyThresholdCount>2</UnhealthyThresholdCount><LoadBalancerArns/>"
            + "<TargetType>ip</TargetType><IpAddressType>ipv4</IpAddressType></member></TargetGroups>"
    }

    private func arns(of group: TargetGroupState, count: Int) -> [String: String] {
        Dictionary(uniqueKeysWithValues: (1...count).map { ("ResourceArns.member.\($0)", group.arn) })
    }
}
