import Secrets
import SigV4
import Testing

/// The example of
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html, step by step.
@Suite struct StepTests {
    static let canonical = """
        GET
        /
        Action=ListUsers&Version=2010-05-08
        content-type:application/x-www-form-urlencoded; charset=utf-8
        host:iam.amazonaws.com
        x-amz-date:20150830T123600Z

        content-type;host;x-amz-date
        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        """

    static let text = """
        AWS4-HMAC-SHA256
        20150830T123600Z
        20150830/us-east-1/iam/aws4_request
        f536975d06c0309214f805bb90ccff089219ecd68b2577efef23edd43b7e1a59
        """

    let scope = SigningScope.example()

    @Test func `a request is brought into its canonical form`() throws {
        let request = try CanonicalRequest(.listUsers, normalizesPath: true)
        #expect(request.text.reveal() == Self.canonical)
        #expect(request.signedHeaders == "content-type;host;x-amz-date")
    }

    @Test func `the string to sign binds the request to its scope`() throws {
        let request = try CanonicalRequest(.listUsers, normalizesPath: true)
        #expect(try StringToSign(request, scope: scope).text == Self.text)
    }

    @Test func `the key is derived from the secret by day, region and service`() throws {
        let key = try SigningKey(AWSCredentials.example.secretAccessKey, scope: scope)
        let expected: [UInt8] = [
            0xc4, 0xaf, 0xb1, 0xcc, 0x57, 0x71, 0xd8, 0x71,
            0x76, 0x3a, 0x39, 0x3e, 0x44, 0xb7, 0x03, 0x57,
            0x1b, 0x55, 0xcc, 0x28, 0x42, 0x4d, 0x1a, 0x5e,
            0x86, 0xda, 0x6e, 0xd3, 0xc1, 0x54, 0xa4, 0xb9,
        ]
        #expect(key.bytes.reveal() == expected)
    }

    @Test func `the signature is the string signed with the key`() throws {
        let request = try CanonicalRequest(.listUsers, normalizesPath: true)
        let signature = try Signature(
            StringToSign(request, scope: scope),
            key: SigningKey(AWSCredentials.example.secretAccessKey, scope: scope)
        )
        #expect(
            signature.hex.reveal() == "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
        )
    }
}
