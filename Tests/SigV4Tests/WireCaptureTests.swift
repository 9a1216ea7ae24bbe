import SigV4
import TestTraits
import Testing

/// Requests that botocore 1.44.5 sent to moto: our own kind of traffic.
@Suite(.needsSharedData) struct WireCaptureTests {
    /// By access key ID: the one of the stack, and those that users and roles got in the captures themselves.
    static let secrets = WireCapture.issuedSecrets.merging(
        ["AKIAIOSFODNN7EXAMPLE": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"]
    ) { _, stack in stack }

    /// Signed on purpose with a secret that is not the key's.
    static let wrong = [
        "094-elbv2-DescribeTargetGroups.txt", "095-ec2-DescribeSecurityGroups.txt",
        "096-elbv2-DescribeTargetGroups.txt",
    ]

    static let wrongSecret = String(repeating: "x", count: 40)

    @Test func `all captures but one are signed`() throws {
        #expect(WireCapture.names.count == 101)
        let unsigned = try WireCapture.names.filter { try WireCapture($0).authorization == nil }
        #expect(unsigned == ["079-sts-AssumeRoleWithWebIdentity.txt"])
    }

    @Test(arguments: WireCapture.names)
    func `a captured request signed again has the captured authorization`(_ name: String) throws {
        let capture = try WireCapture(name)
        guard let authorization = capture.authorization else { return }
        let secret = try #require(
            Self.wrong.contains(name)
                ? Self.wrongSecret
                : Self.secrets.first { authorization.contains("=\($0.key)/") }?.value
        )
        #expect(try capture.authorization(signedWith: secret) == authorization)
    }
}
