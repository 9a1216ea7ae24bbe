import AWSClient
import TestSupport
import TestTraits
import Testing

/// One exchange between boto3 and moto.
private struct Capture {
    let action: String
    let body: String
    let answer: HTTPResponse

    init(_ name: String) throws {
        let text = try SharedFolder.text("data/aws-wire/\(name)")
        let middle = try #require(text.firstRange(of: "\n---- HTTP "))
        let request = text[..<middle.lowerBound]
        let start = try #require(request.firstRange(of: "\n\n")).upperBound
        body = String(request[start...].prefix { !$0.isNewline })
        action = name.split(separator: "-").last?.split(separator: ".").first.map(String.init) ?? ""
        let rest = text[middle.upperBound...]
        let headerEnd = try #require(rest.firstRange(of: "\n\n"))
        let lines = rest[..<headerEnd.lowerBound].split(separator: "\n")
        answer = HTTPResponse(
            status: try #require(Int(lines[0])),
            headers: lines.dropFirst().compactMap { line in
                line.firstRange(of: ": ").map {
                    HTTPResponse.Header(String(line[..<$0.lowerBound]), String(line[$0.upperBound...]))
                }
            },
            body: Array(rest[headerEnd.upperBound...].utf8)
        )
    }

    /// The value of a parameter of the request, decoded as far as ARNs and numbers need it.
    func parameter(_ name: String) -> String? {
        body.split(separator: "&").first { $0.hasPrefix("\(name)=") }.map { pair in
            String(pair.dropFirst(name.count + 1)).replacing("%3A", with: ":").replacing("%2F", with: "/")
        }
    }

    func number(_ name: String) -> Int? { parameter(name).flatMap { Int($0) } }
}

/// The captured exchanges of boto3 with moto: our requests are boto3's, and moto's answers are read.
@Suite(.timeLimit(.minutes(5)), .needsSharedData) struct CaptureTests {
    static let names = SharedFolder.names(in: "data/aws-wire").filter { $0.contains("-elbv2-") }

    @Test func `there are captures`() {
        #expect(Self.names.count == 33)
    }

    @Test(arguments: names)
    func `a capture is asked for in boto3's words, and its answer is understood`(_ name: String) async throws
    {
        let capture = try Capture(name)
        let aws = ScriptedAWS([.response(capture.answer)])
        let arns = try (1...2).compactMap { index in
            capture.parameter("TargetGroupArns.member.\(index)")
                ?? capture.parameter("ResourceArns.member.\(index)")
        }
        .map { try #require(ARN($0)) }
        let group = capture.parameter("TargetGroupArn").flatMap { ARN($0) } ?? .targetGroup()
        let failed = await failure { () async throws(AWSError) in
            switch capture.action {
            case "DescribeTargetGroups":
                let groups = try await aws.elbv2.targetGroups(arns.isEmpty ? [group] : arns)
                #expect(groups.allSatisfy { $0.healthCheck.intervalSeconds != nil && $0.port == 3_306 })
                #expect(!groups.isEmpty)
            case "DescribeTargetHealth":
                let targets = try await aws.elbv2.targetHealth(of: group)
                #expect(targets.map(\.state) == [.healthy])
            case "DescribeTags":
                let tags = try await aws.elbv2.tags(of: arns)
                let known = [[Tag(key: "nlb-guard", value: "managed")], []]
                #expect(tags == Dictionary(uniqueKeysWithValues: zip(arns, known)))
            case "ModifyTargetGroup":
                let interval = capture.number("HealthCheckIntervalSeconds")
                let changed = try await aws.elbv2.modify(
                    group,
                    intervalSeconds: interval,
                    timeoutSeconds: capture.number("HealthCheckTimeoutSeconds"),
                    healthyThreshold: capture.number("HealthyThresholdCount")
                )
                #expect(interval == nil || changed.healthCheck.intervalSeconds == interval)
            default: break
            }
        }
        let id = capture.answer[header: "x-amzn-requestid"]
        if capture.answer.status != 200 {
            #expect(failed?.cause == .answered && failed?.code != nil && failed?.requestID == id)
        } else if failed?.cause != .refused {
            #expect(failed == nil)
        }
        let foreign = [
            "HealthCheckProtocol=", "HealthCheckPort=", "HealthCheckPath=", "Unhealthy", "Names.",
            "LoadBalancerArn=",
        ]
        // The rest is not ours to send: all groups of a region, other fields, other actions.
        if capture.body.contains("Arn"), !foreign.contains(where: capture.body.contains),
            let body = aws.bodies.first
        {
            #expect(body == capture.body)
        }
    }
}
