import AWSClient

extension ARN {
    /// A target group; panics on a name that is none, which is a mistake in the test.
    static func targetGroup(
        _ name: String = "db-tg/d4161e370077b179",
        region: String = "us-east-1",
        partition: String = "aws"
    ) -> ARN {
        let text = "arn:\(partition):elasticloadbalancing:\(region):123456789012:targetgroup/\(name)"
        guard let arn = ARN(text) else { fatalError("\(text) is no ARN") }
        return arn
    }
}
