import AWSClient
import Testing

@Suite struct ARNTests {
    @Test func `an ARN has five parts and a resource`() throws {
        let text = "arn:aws-cn:elasticloadbalancing:cn-north-1:123456789012:targetgroup/db/0123456789abcdef"
        let arn = try #require(ARN(text))
        #expect(arn.partition == "aws-cn")
        #expect(arn.service == "elasticloadbalancing")
        #expect(arn.region == "cn-north-1")
        #expect(arn.account == "123456789012")
        #expect(arn.resource == "targetgroup/db/0123456789abcdef")
        #expect(arn.description == text)
        #expect(arn.isTargetGroup)
    }

    @Test(
        arguments: [
            "arn:aws:s3:::bucket", "arn:aws:rds:us-east-1:123456789012:db:orders",
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/db/0123456789abcdef",
            "arn:aws:elasticloadbalancing::123456789012:targetgroup/db/1",
            "arn:aws:elasticloadbalancing:us-east-1::targetgroup/db/1",
        ]
    )
    func `other resources have ARNs too, and are no target groups`(_ text: String) throws {
        let arn = try #require(ARN(text))
        #expect(arn.description == text)
        #expect(!arn.isTargetGroup)
    }

    @Test(
        arguments: [
            "", "arn", "arn:aws:elasticloadbalancing:us-east-1:123456789012",
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:", "arn::s3:::bucket", "arn:aws::::bucket",
            "ARN:aws:s3:::bucket", " arn:aws:s3:::bucket", "arn:aws:s3:::bucket ", "arn:aws:s3:::b\u{fc}cket",
            "arn:aws:s3:::bucket\n", "arn:aws:s3::12345678901:bucket", "arn:aws:s3::1234567890123:bucket",
            "arn:aws:s3::12345678901x:bucket",
            "arn:aws:elasticloadbalancing:evil.example.com/:123456789012:targetgroup/db/1",
            "arn:aws:elasticloadbalancing:us-east-1@evil:123456789012:targetgroup/db/1",
            "arn:aws:elasticloadbalancing:US-EAST-1:123456789012:targetgroup/db/1",
        ]
    )
    func `any other text is no ARN, above all no region that leads elsewhere`(_ text: String) {
        #expect(ARN(text) == nil)
    }
}
