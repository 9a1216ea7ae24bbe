import AWSClient
import Testing

/// What is asked of Elastic Load Balancing, and what is made of its answers.
@Suite(.timeLimit(.minutes(5))) struct ELBv2Tests {
    static let arn = ARN.targetGroup()
    static let encoded =
        "arn%3Aaws%3Aelasticloadbalancing%3Aus-east-1%3A123456789012%3Atargetgroup%2Fdb-tg%2F"
        + "d4161e370077b179"

    static func member(_ arn: ARN) -> String {
        "<member><TargetGroupArn>\(arn)</TargetGroupArn></member>"
    }

    static func groups(_ arns: [ARN], next: String = "") -> ScriptedAWS.Answer {
        .result("DescribeTargetGroups", "<TargetGroups>\(arns.map(member).joined())</TargetGroups>\(next)")
    }

    @Test func `a target group is read whole, and elements nobody knows are passed over`() async throws {
        let aws = ScriptedAWS([
            .result(
                "DescribeTargetGroups",
                """
                <New><Deep>x</Deep></New><TargetGroups><member><TargetGroupArn>\(Self.arn)</TargetGroupArn>
                <TargetGroupName>db-tg</TargetGroupName><Protocol>TCP_QUIC</Protocol><Port>3306</Port>
                <VpcId>vpc-1</VpcId><HealthCheckProtocol>TCP</HealthCheckProtocol><TargetControlPort/>
                <HealthCheckPort>traffic-port</HealthCheckPort><HealthCheckEnabled>true</HealthCheckEnabled>
                <HealthCheckIntervalSeconds>301</HealthCheckIntervalSeconds>
                <HealthCheckTimeoutSeconds>10</HealthCheckTimeoutSeconds>
                <HealthyThresholdCount>5</HealthyThresholdCount>
                <UnhealthyThresholdCount>2</UnhealthyThresholdCount><LoadBalancerArns>
                <member>arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/db/1</member>
                </LoadBalancerArns><TargetType>ip</TargetType><IpAddressType>ipv4</IpAddressType></member>
                </TargetGroups>
                """
            )
        ])
        let loadBalancer = try #require(
            ARN("arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/db/1")
        )
        #expect(
            try await aws.elbv2.targetGroups([Self.arn]) == [
                TargetGroup(
                    arn: Self.arn,
                    name: "db-tg",
                    protocolName: "TCP_QUIC",
                    port: 3_306,
                    vpcID: "vpc-1",
                    healthCheck: .init(
                        protocolName: "TCP",
                        port: "traffic-port",
                        isEnabled: true,
                        intervalSeconds: 301,
                        timeoutSeconds: 10,
                        healthyThreshold: 5,
                        unhealthyThreshold: 2
                    ),
                    loadBalancers: [loadBalancer],
                    targetType: "ip",
                    ipAddressType: "ipv4"
                )
            ]
        )
        #expect(
            aws.bodies == [
                "Action=DescribeTargetGroups&Version=2015-12-01&TargetGroupArns.member.1=\(Self.encoded)"
            ]
        )
    }

    @Test func `what an answer does not say is nil`() async throws {
        let aws = ScriptedAWS([Self.groups([Self.arn])])
        #expect(
            try await aws.elbv2.targetGroups([Self.arn]) == [
                TargetGroup(
                    arn: Self.arn,
                    name: nil,
                    protocolName: nil,
                    port: nil,
                    vpcID: nil,
                    healthCheck: .init(
                        protocolName: nil,
                        port: nil,
                        isEnabled: nil,
                        intervalSeconds: nil,
                        timeoutSeconds: nil,
                        healthyThreshold: nil,
                        unhealthyThreshold: nil
                    ),
                    loadBalancers: [],
                    targetType: nil,
                    ipAddressType: nil
                )
            ]
        )
    }

    @Test(arguments: ["<TargetGroups/>", "<TargetGroups></TargetGroups>", "<TargetGroups/><NextMarker/>"])
    func `an empty list is empty`(_ content: String) async throws {
        let aws = ScriptedAWS([.result("DescribeTargetGroups", content)])
        #expect(try await aws.elbv2.targetGroups([Self.arn]) == [])
    }

    /// "No targets" and "no tags" allow a change, so neither must be read out of silence.
    @Test func `a list that is missing is an error, never an empty one`() async throws {
        let groups = await failure { () async throws(AWSError) in
            try await ScriptedAWS([.result("DescribeTargetGroups", "<NextMarker/>")]).elbv2
                .targetGroups([Self.arn])
        }
        #expect("\(String(describing: groups))".contains("has no TargetGroups"))
        let targets = await failure { () async throws(AWSError) in
            try await ScriptedAWS([.result("DescribeTargetHealth", "")]).elbv2.targetHealth(of: Self.arn)
        }
        #expect("\(String(describing: targets))".contains("has no TargetHealthDescriptions"))
        let tags = await failure { () async throws(AWSError) in
            try await ScriptedAWS([
                .result(
                    "DescribeTags",
                    "<TagDescriptions><member><ResourceArn>\(Self.arn)</ResourceArn></member></TagDescriptions>"
                )
            ]).elbv2.tags(of: [Self.arn])
        }
        #expect("\(String(describing: tags))".contains("has no Tags"))
    }

    @Test func `nothing is asked about no groups, which would be a question about all`() async throws {
        let aws = ScriptedAWS([])
        #expect(try await aws.elbv2.targetGroups([]) == [])
        #expect(try await aws.elbv2.tags(of: []) == [:])
        #expect(aws.requests == [])
    }

    @Test func `all pages are read, each with the marker of the page before`() async throws {
        let arns = ["a", "b", "c"].map { ARN.targetGroup("\($0)/1") }
        let aws = ScriptedAWS([
            Self.groups([arns[0]], next: "<NextMarker>one &amp; two</NextMarker>"),
            Self.groups([arns[1]], next: "<NextMarker>3</NextMarker>"), Self.groups([arns[2]]),
        ])
        #expect(try await aws.elbv2.targetGroups(arns).map(\.arn) == arns)
        #expect(
            aws.bodies.map { $0.split(separator: "&Marker=").dropFirst().joined() } == [
                "", "one%20%26%20two", "3",
            ]
        )
    }

    @Test func `pages that never end are an error`() async throws {
        let same = ScriptedAWS(
            Array(repeating: Self.groups([], next: "<NextMarker>1</NextMarker>"), count: 3)
        )
        let error = await failure { () async throws(AWSError) in try await same.elbv2.targetGroups([Self.arn])
        }
        #expect(error?.message == "the pages have no end (2 so far)")
        #expect(same.requests.count == 2)
        let many = ScriptedAWS((1...200).map { Self.groups([], next: "<NextMarker>\($0)</NextMarker>") })
        _ = await failure { () async throws(AWSError) in try await many.elbv2.targetGroups([Self.arn]) }
        #expect(many.requests.count == 100)
    }

    @Test func `each region is asked at its own address, once for all its groups`() async throws {
        let arns = [
            ARN.targetGroup("a/1"), ARN.targetGroup("b/1", region: "cn-north-1", partition: "aws-cn"),
            ARN.targetGroup("c/1"), ARN.targetGroup("a/1"),
        ]
        let aws = ScriptedAWS([Self.groups([arns[0], arns[2]]), Self.groups([arns[1]])])
        #expect(try await aws.elbv2.targetGroups(arns).map(\.arn) == [arns[0], arns[2], arns[1]])
        #expect(
            aws.requests.map { "\($0)" } == [
                "POST https://elasticloadbalancing.us-east-1.amazonaws.com/",
                "POST https://elasticloadbalancing.cn-north-1.amazonaws.com.cn/",
            ]
        )
        #expect(aws.bodies[0].contains("TargetGroupArns.member.2=") && !aws.bodies[0].contains(".member.3="))
    }

    @Test func `an endpoint of our own takes everything`() async throws {
        let aws = ScriptedAWS([Self.groups([])])
        let elbv2 = ELBv2(aws.surroundings, endpoint: try EndpointURL("http://127.0.0.1:4566"))
        let arn = ARN.targetGroup("a/1", region: "xx-lab-1", partition: "aws-lab")
        #expect(try await elbv2.targetGroups([arn]) == [])
        #expect(aws.requests.map { "\($0)" } == ["POST http://127.0.0.1:4566/"])
    }

    @Test func `targets are read with states that nobody knows yet`() async throws {
        let aws = ScriptedAWS([
            .result(
                "DescribeTargetHealth",
                """
                <TargetHealthDescriptions><member><HealthCheckPort>3306</HealthCheckPort><Target><Port>3306</Port>
                <Id>10.0.1.10</Id><AvailabilityZone>all</AvailabilityZone></Target><TargetHealth>
                <State>unused</State><Reason>Target.NotInUse</Reason><Description>Words &lt;here></Description>
                </TargetHealth></member><member><Target><Id>i-1</Id></Target><TargetHealth>
                <State>thriving</State></TargetHealth></member></TargetHealthDescriptions>
                """
            )
        ])
        #expect(
            try await aws.elbv2.targetHealth(of: Self.arn) == [
                TargetHealth(
                    targetID: "10.0.1.10",
                    port: 3_306,
                    availabilityZone: "all",
                    healthCheckPort: "3306",
                    state: .unused,
                    reason: "Target.NotInUse",
                    explanation: "Words <here>"
                ),
                TargetHealth(
                    targetID: "i-1",
                    port: nil,
                    availabilityZone: nil,
                    healthCheckPort: nil,
                    state: .init(rawValue: "thriving"),
                    reason: nil,
                    explanation: nil
                ),
            ]
        )
        #expect(
            aws.bodies == ["Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn=\(Self.encoded)"]
        )
    }

    @Test(arguments: [(1, [1]), (20, [20]), (21, [20, 1]), (41, [20, 20, 1])])
    func `tags are asked for twenty resources at a time`(_ count: Int, _ batches: [Int]) async throws {
        let arns = (1...count).map { ARN.targetGroup("group\($0)/1") }
        var rest = arns[...]
        let aws = ScriptedAWS(
            batches.map { size in
                defer { rest = rest.dropFirst(size) }
                let members = rest.prefix(size).map { arn in
                    """
                    <member><ResourceArn>\(arn)</ResourceArn><Tags><member><Key>name</Key>\
                    <Value>\(arn.resource)</Value></member><member><Key>empty</Key><Value/></member></Tags></member>
                    """
                }
                return .result("DescribeTags", "<TagDescriptions>\(members.joined())</TagDescriptions>")
            }
        )
        let tags = try await aws.elbv2.tags(of: arns)
        let expected = arns.map { arn in
            (arn, [Tag(key: "name", value: arn.resource), Tag(key: "empty", value: "")])
        }
        #expect(tags == Dictionary(uniqueKeysWithValues: expected))
        #expect(aws.bodies.map { $0.split(separator: "ResourceArns.member.").count - 1 } == batches)
    }

    @Test(
        arguments: [
            (300, nil, nil, "&HealthCheckIntervalSeconds=300"),
            (10, 6, nil, "&HealthCheckIntervalSeconds=10&HealthCheckTimeoutSeconds=6"),
            (nil, nil, 2, "&HealthyThresholdCount=2"),
            (0, -1, 3, "&HealthCheckIntervalSeconds=0&HealthCheckTimeoutSeconds=-1&HealthyThresholdCount=3"),
        ] as [(Int?, Int?, Int?, String)]
    )
    func `only what is to change is sent, as it is`(
        _ interval: Int?,
        _ timeout: Int?,
        _ threshold: Int?,
        _ fields: String
    ) async throws {
        let aws = ScriptedAWS([
            .result("ModifyTargetGroup", "<TargetGroups>\(Self.member(Self.arn))</TargetGroups>")
        ])
        let group = try await aws.elbv2.modify(
            Self.arn,
            intervalSeconds: interval,
            timeoutSeconds: timeout,
            healthyThreshold: threshold
        )
        #expect(group.arn == Self.arn)
        #expect(
            aws.bodies == [
                "Action=ModifyTargetGroup&Version=2015-12-01&TargetGroupArn=\(Self.encoded)\(fields)"
            ]
        )
    }

    @Test func `changing nothing is refused and nothing is sent`() async {
        let aws = ScriptedAWS([])
        let error = await failure { () async throws(AWSError) in
            try await aws.elbv2.modify(
                Self.arn,
                intervalSeconds: nil,
                timeoutSeconds: nil,
                healthyThreshold: nil
            )
        }
        #expect(
            error.map { "\($0)" }
                == "elasticloadbalancing:ModifyTargetGroup failed: there is nothing to change of \(Self.arn)"
        )
        #expect(aws.requests == [])
    }

    @Test(
        arguments: [
            ("", "<ModifyTargetGroupResult> has no TargetGroups"),
            ("<TargetGroups/>", "the answer does not describe \(arn)"),
            (
                "<TargetGroups>\(member(.targetGroup("other/1")))</TargetGroups>",
                "the answer does not describe \(arn)"
            ),
            ("<TargetGroups><member/></TargetGroups>", "<member> has no TargetGroupArn"),
            (
                "<TargetGroups><member><TargetGroupArn>x</TargetGroupArn></member></TargetGroups>",
                "\"x\" is no ARN"
            ),
            (
                """
                <TargetGroups><member><TargetGroupArn>\(arn)</TargetGroupArn>\
                <HealthCheckIntervalSeconds>30s</HealthCheckIntervalSeconds></member></TargetGroups>
                """, "HealthCheckIntervalSeconds is no whole number: \"30s\""
            ),
            (
                """
                <TargetGroups><member><TargetGroupArn>\(arn)</TargetGroupArn>\
                <HealthCheckEnabled>yes</HealthCheckEnabled></member></TargetGroups>
                """, "HealthCheckEnabled is neither true nor false: \"yes\""
            ),
        ]
    )
    func `a result that makes no sense is an error whose outcome is unknown`(
        _ content: String,
        _ message: String
    ) async {
        let aws = ScriptedAWS([.result("ModifyTargetGroup", content)])
        let error = await failure { () async throws(AWSError) in
            try await aws.elbv2.modify(
                Self.arn,
                intervalSeconds: 300,
                timeoutSeconds: nil,
                healthyThreshold: nil
            )
        }
        let expected = AWSError(
            action: "elasticloadbalancing:ModifyTargetGroup",
            endpoint: "https://elasticloadbalancing.us-east-1.amazonaws.com",
            cause: .unreadable,
            message: message,
            requestID: "id-of-result",
            httpStatus: 200,
            attempts: 1
        )
        #expect(error == expected)
        #expect(error?.outcomeIsUnknown == true)
    }

    @Test(
        arguments: [
            (
                "arn:aws:rds:us-east-1:123456789012:db:orders",
                "is no resource of elasticloadbalancing in a region"
            ),
            (
                "arn:aws:elasticloadbalancing::123456789012:targetgroup/a/1",
                "is no resource of elasticloadbalancing in a region"
            ),
        ]
    )
    func `a resource of another kind is not asked for`(_ text: String, _ reason: String) async throws {
        let aws = ScriptedAWS([])
        let arn = try #require(ARN(text))
        let error = await failure { () async throws(AWSError) in try await aws.elbv2.targetHealth(of: arn) }
        #expect(
            error.map { "\($0)" } == "elasticloadbalancing:DescribeTargetHealth failed: \(text) \(reason)"
        )
    }

    @Test func `an unknown partition needs an endpoint, and the error says so`() async {
        let arn = ARN.targetGroup("a/1", partition: "aws-lab")
        let aws = ScriptedAWS([])
        let error = await failure { () async throws(AWSError) in try await aws.elbv2.targetHealth(of: arn) }
        #expect(
            error
                == AWSError(
                    action: "elasticloadbalancing:DescribeTargetHealth",
                    endpoint: nil,
                    cause: .refused,
                    message:
                        "the partition of \(arn) is not known; set endpoint_url to the service's address there",
                    attempts: 0
                )
        )
    }
}
