import Secrets
import SigV4
import TestSupport
import TestTraits
import Testing

extension FakeAWSTests {
    @Test(
        arguments: [
            (
                offset: -301,
                message: "Signature expired: 20260102T025904Z is now earlier than 20260102T025905Z"
            ),
            (offset: -300, message: nil),
            (offset: 300, message: nil),
            (
                offset: 301,
                message: "Signature not yet current: 20260102T030906Z is still later than 20260102T030905Z"
            ),
        ] as [(offset: Int, message: String?)]
    )
    func `takes a signature for five minutes`(_ row: (offset: Int, message: String?)) async throws {
        try await with { _, client async throws in
            var client = client
            client.now = { Self.time + .seconds(row.offset) }
            let answer = try await client.call("DescribeTargetGroups")
            guard let message = row.message else {
                #expect(Verdict(answer) == .accepted)
                return
            }
            let sign = row.offset < 0 ? "-" : "+"
            #expect(Verdict(answer) == .refused(403, "SignatureDoesNotMatch"))
            #expect(answer.first("Message") == "\(message) (20260102T030405Z \(sign) 5 min.)")
        }
    }

    @Test func `refuses a signature for another region or service`() async throws {
        try await with { _, client async throws in
            var elsewhere = client
            elsewhere.region = "eu-central-1"
            let region = try await elsewhere.call("DescribeTargetGroups")
            #expect(Verdict(region) == .refused(403, "SignatureDoesNotMatch"))
            #expect(region.first("Message") == "Credential should be scoped to a valid region.")
            let service = try await client.call(
                "DescribeTargetGroups",
                [:],
                service: "rds",
                version: "2015-12-01"
            )
            #expect(Verdict(service) == .refused(403, "SignatureDoesNotMatch"))
            #expect(
                service.first("Message")
                    == "Credential should be scoped to correct service: 'elasticloadbalancing'."
            )
        }
    }

    @Test(
        arguments: [
            (["Authorization": "Basic abc"], "IncompleteSignature", nil),
            (["Authorization": "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE"], "IncompleteSignature", nil),
            (["X-Amz-Date": ""], "IncompleteSignature", nil),
            (["X-Amz-Date": "20260231T030405Z"], "IncompleteSignature", nil),
            (["X-Amz-Date": "2026010230405Z"], "IncompleteSignature", nil),
            (
                [
                    "Authorization": authorization(
                        scope: "20260103/us-east-1/elasticloadbalancing/aws4_request"
                    )
                ],
                "SignatureDoesNotMatch",
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: "
                    + "'20260103' != '20260102', from '20260102T030405Z'."
            ),
            (
                [
                    "Authorization": authorization(
                        scope: "20260102/us-east-1/elasticloadbalancing/aws3_request"
                    )
                ],
                "SignatureDoesNotMatch",
                "Credential should be scoped with a valid terminator: 'aws4_request'."
            ),
            (
                ["Authorization": authorization(headers: "content-type;x-amz-date")],
                "SignatureDoesNotMatch",
                "'host' must be a 'SignedHeader' in the AWS Authorization."
            ),
            (
                ["Authorization": authorization(headers: "content-type;host")],
                "SignatureDoesNotMatch",
                "'x-amz-date' must be a 'SignedHeader' in the AWS Authorization."
            ),
            // Changed on the way.
            (["Content-Type": "application/x-www-form-urlencoded"], "SignatureDoesNotMatch", nil),
            (["X-Amz-Date": "20260102T030406Z"], "SignatureDoesNotMatch", nil),
            (["Host": "127.0.0.1"], "SignatureDoesNotMatch", nil),
        ] as [([String: String], String, String?)]
    )
    func `refuses a request whose signature is not whole, or not of this request`(
        _ row: (headers: [String: String], code: String, message: String?)
    ) async throws {
        try await with { _, client async throws in
            let form = "Action=DescribeTargetGroups&Version=2015-12-01"
            let answer = try await client.send(form: form, tampering: row.headers)
            #expect(Verdict(answer) == .refused(403, row.code))
            if let message = row.message {
                #expect(answer.first("Message") == message)
            }
        }
    }

    @Test func `wants the session token of temporary credentials`() async throws {
        let temporary = AWSCredentials(
            accessKeyID: "ASIAEXAMPLE",
            secretAccessKey: Secret("secret"),
            sessionToken: Secret("token")
        )
        try await with(accepting: [temporary]) { _, client async throws in
            #expect(try await Verdict(client.call("DescribeTargetGroups")) == .accepted)
            var without = client
            without.credentials = AWSCredentials(
                accessKeyID: temporary.accessKeyID,
                secretAccessKey: temporary.secretAccessKey,
                sessionToken: nil
            )
            #expect(
                try await Verdict(without.call("DescribeTargetGroups"))
                    == .refused(403, "InvalidClientTokenId")
            )
        }
    }

    private static func authorization(
        scope: String = "20260102/us-east-1/elasticloadbalancing/aws4_request",
        headers: String = "content-type;host;x-amz-date"
    ) -> String {
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\(scope), SignedHeaders=\(headers), Signature=00"
    }
}
