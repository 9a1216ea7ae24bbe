import Secrets
import SigV4
import TestSupport
import TestTraits
import Testing

extension ELBv2Contract {
    @Test(arguments: ELBv2Subject.Kind.allCases)
    func `refuses whoever has not signed with a known secret`(_ kind: ELBv2Subject.Kind) async throws {
        try await ELBv2Subject.with(kind) { subject in
            let good = subject.client.credentials

            var wrong = subject.client
            wrong.credentials = AWSCredentials(
                accessKeyID: good.accessKeyID,
                secretAccessKey: Secret("wrong"),
                sessionToken: nil
            )
            #expect(
                try await Verdict(wrong.call("DescribeTargetGroups"))
                    == .refused(403, "SignatureDoesNotMatch")
            )

            var stranger = subject.client
            stranger.credentials = AWSCredentials(
                accessKeyID: "AKIASTRANGER00000000",
                secretAccessKey: good.secretAccessKey,
                sessionToken: nil
            )
            #expect(
                try await Verdict(stranger.call("DescribeTargetGroups"))
                    == .refused(403, "InvalidClientTokenId")
            )

            var withToken = subject.client
            withToken.credentials = AWSCredentials(
                accessKeyID: good.accessKeyID,
                secretAccessKey: good.secretAccessKey,
                sessionToken: Secret("made-up")
            )
            #expect(
                try await Verdict(withToken.call("DescribeTargetGroups"))
                    == .refused(403, "InvalidClientTokenId")
            )

            let unsigned = try await subject.client.send(
                form: "Action=DescribeTargetGroups&Version=2015-12-01",
                tampering: ["Authorization": ""]
            )
            // moto needs the signature to know which service is meant.
            #expect(
                Verdict(unsigned)
                    == (kind == .fake ? .refused(403, "MissingAuthenticationToken") : .crashed(500))
            )
        }
    }

    @Test(arguments: ELBv2Subject.Kind.allCases)
    func `refuses a signature of an hour ago`(_ kind: ELBv2Subject.Kind) async throws {
        try await ELBv2Subject.with(kind) { subject in
            var late = subject.client
            late.now = { WallTime.now() - .seconds(3600) }
            // moto takes a signature of any time.
            let expected: Verdict = kind == .fake ? .refused(403, "SignatureDoesNotMatch") : .accepted
            let answer = try await late.call("DescribeTargetGroups")
            #expect(Verdict(answer) == expected)
        }
    }

    @Test(arguments: ELBv2Subject.Kind.allCases)
    func `refuses who may not do it, and names the action`(_ kind: ELBv2Subject.Kind) async throws {
        try await ELBv2Subject.with(kind) { subject in
            var client = subject.client
            client.credentials = try await subject.credentials("ModifyTargetGroup")
            let answer = try await client.call(
                "ModifyTargetGroup",
                ["TargetGroupArn": subject.group.arn, "HealthCheckIntervalSeconds": "300"]
            )
            #expect(Verdict(answer) == .refused(403, "AccessDenied"))
            let message = try #require(answer.first("Message"))
            #expect(message.contains(" is not authorized to perform: elasticloadbalancing:ModifyTargetGroup"))
            #expect(try await Verdict(client.call("DescribeTargetGroups")) == .accepted)
            #expect(try await subject.interval() == "30")
        }
    }
}
