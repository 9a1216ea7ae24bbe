/// The name of one resource at AWS: `arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE`.
///
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
package struct ARN: Hashable, Sendable {
    /// Such as "aws" or "aws-cn".
    package let partition: String
    /// Such as "elasticloadbalancing".
    package let service: String
    /// Such as "us-east-1"; empty for global services.
    package let region: String
    /// Twelve digits; empty where the resource belongs to no account.
    package let account: String
    /// All the rest, which may hold colons; never empty.
    package let resource: String

    /// Reads an ARN; nil for any other text.
    ///
    /// The region becomes part of a host name, so nothing but letters, digits and dashes passes for one.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(
            String.init
        )
        guard parts.count == 6, parts[0] == "arn",
            !parts[1].isEmpty, !parts[2].isEmpty, parts[1...3].allSatisfy(Self.isWord),
            parts[4].isEmpty || parts[4].utf8.count == 12 && parts[4].utf8.allSatisfy(Self.isDigit),
            !parts[5].isEmpty, parts[5].utf8.allSatisfy({ (0x21..<0x7f).contains($0) })
        else { return nil }
        partition = parts[1]
        service = parts[2]
        region = parts[3]
        account = parts[4]
        resource = parts[5]
    }

    /// Whether it names a target group of a network or application load balancer, with region and account.
    package var isTargetGroup: Bool {
        service == "elasticloadbalancing" && resource.hasPrefix("targetgroup/") && !region.isEmpty
            && !account.isEmpty
    }

    private static func isWord(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x61...0x7a).contains($0) || isDigit($0) || $0 == 0x2d }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}

extension ARN: CustomStringConvertible {
    package var description: String { "arn:\(partition):\(service):\(region):\(account):\(resource)" }
}
