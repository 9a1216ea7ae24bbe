import Secrets
import SigV4
import TestSupport

/// Target groups on a stand-in for AWS, for the daemon to find.
enum IntervalScenario {
    static let credentials = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        sessionToken: nil
    )

    /// What the daemon finds in its environment.
    static func environment(_ credentials: AWSCredentials) -> [String: String] {
        [
            "AWS_ACCESS_KEY_ID": credentials.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": credentials.secretAccessKey.reveal(),
        ]
    }

    /// The ARN of a group by its name.
    static func arn(_ name: String) -> String {
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/\(name)/73e2d6bc24d8a067"
    }

    /// The `[aws]` table that points at a stand-in.
    static func section(_ endpoint: String) -> String {
        """
        [aws]
        endpoint_url = "\(endpoint)"
        """
    }

    /// The key that lists groups.
    static func key(_ arns: [String]) -> String {
        "target_groups = [\(arns.map { "\"\($0)\"" }.joined(separator: ", "))]"
    }
}
