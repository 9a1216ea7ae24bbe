/// The shapes of the names that AWS gives.
enum AWSName {
    private static let partitions = ["aws", "aws-cn", "aws-us-gov", "aws-eusc"]

    /// Whether it looks like a region: lower-case words and then a number, such as `us-gov-west-1`.
    ///
    /// AWS opens new ones, so there is no list. Source: the patterns of botocore's `partitions.json`.
    static func isRegion(_ text: some StringProtocol) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count >= 3, let number = parts.last, isDigits(number) else { return false }
        return parts.dropLast().allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
        }
    }

    /// What keeps a text from being the ARN of a target group; nil when it is one.
    ///
    /// Source: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
    static func mistake(inTargetGroup text: String) -> String? {
        let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "arn" else {
            return "\"\(text)\" is not the ARN of a target group (example: "
                + "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/0123456789abcdef)"
        }
        let mistake: String? =
            if !partitions.contains(String(parts[1])) {
                "partition \"\(parts[1])\" is not one of \(partitions.joined(separator: ", "))"
            } else if parts[2] != "elasticloadbalancing" {
                "service \"\(parts[2])\" is not elasticloadbalancing"
            } else if !isRegion(parts[3]) {
                "\"\(parts[3])\" is not a region"
            } else if parts[4].utf8.count != 12 || !isDigits(parts[4]) {
                "account \"\(parts[4])\" is not 12 digits"
            } else if !isTargetGroup(parts[5]) {
                "\"\(parts[5])\" is not targetgroup/NAME/ID"
            } else {
                nil
            }
        return mistake.map { "\"\(text)\" is not the ARN of a target group: \($0)" }
    }

    private static func isTargetGroup(_ resource: Substring) -> Bool {
        let parts = resource.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "targetgroup" else { return false }
        // > This name must be unique per region per account, can have a maximum of 32 characters, must contain
        // > only alphanumeric characters or hyphens, and must not begin or end with a hyphen.
        // Source: CreateTargetGroup, ELBv2 API reference.
        let name = parts[1]
        let isName = (1...32).contains(name.utf8.count) && !name.hasPrefix("-") && !name.hasSuffix("-")
        return isName && isAlphanumeric(name.filter { $0 != "-" }) && isAlphanumeric(parts[2])
    }

    private static func isDigits(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    private static func isAlphanumeric(_ text: some StringProtocol) -> Bool {
        !text.isEmpty
            && text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            }
    }
}
