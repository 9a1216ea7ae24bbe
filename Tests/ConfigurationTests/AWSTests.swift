import Configuration
import Testing

/// The keys of `[aws]`.
@Suite struct AWSTests {
    typealias AWS = DaemonConfiguration.AWS

    private func aws(_ lines: String) throws -> AWS {
        try FakeFiles(top: "mode = \"observe\"\n[aws]\n\(lines)").load().aws
    }

    /// What is wrong with one line of `[aws]`, without its place.
    private func problems(_ line: String) -> [String] {
        FakeFiles(top: "mode = \"observe\"\n[aws]\n\(line)").problems()
            .map { $0.hasPrefix("hostcached.toml:3: aws.") ? String($0.dropFirst(23)) : $0 }
    }

    @Test func `without the table every key has its default`() throws {
        for aws in [try FakeFiles(top: "mode = \"observe\"").load().aws, try aws("")] {
            #expect(aws.healthCheckInterval == .seconds(300))
            #expect(aws.healthyThreshold == nil)
            #expect(aws.region == nil)
            #expect(aws.endpointURL == nil)
        }
    }

    @Test func `every key can be set`() throws {
        let aws = try aws(
            """
            health_check_interval = "1m"
            healthy_threshold = 3
            region = "us-gov-west-1"
            endpoint_url = "http://127.0.0.1:4566"
            """
        )
        #expect(aws.healthCheckInterval == .seconds(60))
        #expect(aws.healthyThreshold == 3)
        #expect(aws.region == "us-gov-west-1")
        #expect(aws.endpointURL == "http://127.0.0.1:4566")
    }

    @Test func `a file of conf.d can add keys, each in one place`() throws {
        var files = FakeFiles(top: "mode = \"observe\"\naws.region = \"eu-west-1\"")
        files.texts["/etc/hostcached/conf.d/1.toml"] = "[aws]\nhealthy_threshold = 2"
        let aws = try files.load().aws
        #expect(aws.region == "eu-west-1")
        #expect(aws.healthyThreshold == 2)
        files.texts["/etc/hostcached/conf.d/2.toml"] = "[aws]\nregion = \"eu-west-1\""
        #expect(
            files.problems() == [
                "conf.d/2.toml:2: aws.region: is already set at hostcached.toml:2; set it in one place"
            ]
        )
    }

    @Test func `the interval has limits`() throws {
        for seconds in [5, 6, 299, 300] {
            let interval = try aws("health_check_interval = \"\(seconds)s\"").healthCheckInterval
            #expect(interval == .seconds(seconds))
        }
        for text in ["4s", "4999ms", "300001ms", "301s", "0s"] {
            #expect(
                problems("health_check_interval = \"\(text)\"") == [
                    "health_check_interval: \"\(text)\" is out of range (5s to 300s)"
                ]
            )
        }
        for text in ["5001ms", "60500ms", "299999ms"] {
            #expect(
                problems("health_check_interval = \"\(text)\"") == [
                    "health_check_interval: \"\(text)\" is not in whole seconds, as AWS takes it"
                ]
            )
        }
        #expect(try aws("health_check_interval = \"60000ms\"").healthCheckInterval == .seconds(60))
        #expect(
            problems("health_check_interval = 300") == [
                "health_check_interval: must be a duration in quotes such as \"30s\", not an integer"
            ]
        )
    }

    @Test func `the healthy threshold has limits`() throws {
        for threshold in [2, 3, 9, 10] {
            #expect(try aws("healthy_threshold = \(threshold)").healthyThreshold == threshold)
        }
        for threshold in [1, 11, 0, -2] {
            #expect(
                problems("healthy_threshold = \(threshold)") == [
                    "healthy_threshold: \(threshold) is out of range (2 to 10)"
                ]
            )
        }
    }

    @Test(
        arguments: [
            "us-east-1", "ap-southeast-12", "us-gov-west-1", "cn-north-1", "us-isob-east-1", "xx-new-99",
        ]
    )
    func `regions are taken as they are`(_ region: String) throws {
        #expect(try aws("region = \"\(region)\"").region == region)
    }

    @Test(
        arguments: [
            "us-east-1a", "us-east", "us-1", "useast1", "us-east1", "US-EAST-1", "us_east_1", "us--1",
            "-us-east-1", "us-east-1-", "us-east-1.example.com", "us-é-1", "us-east-١", " us-east-1",
        ]
    )
    func `other names than regions are refused`(_ region: String) {
        #expect(
            problems("region = \"\(region)\"") == [
                "region: \"\(region)\" is not a region (example: us-east-1)"
            ]
        )
    }

    @Test(
        arguments: [
            "http://127.0.0.1:1", "http://localhost", "https://vpce-1.elasticloadbalancing.example.com:65535",
            "https://[::1]:443", "https://[2001:db8::1]", "https://aws.example.com/", "http://aws_fake:80",
        ]
    )
    func `endpoints are taken as they are`(_ url: String) throws {
        #expect(try aws("endpoint_url = \"\(url)\"").endpointURL == url)
    }

    private static let example = "(example: https://elasticloadbalancing.us-east-1.amazonaws.com)"
    private static let noHost =
        "has no host name, IPv4 address or IPv6 address in brackets after https:// \(example)"

    @Test(
        arguments: [
            ("ftp://x", "does not begin with http:// or https:// \(example)"),
            ("aws.example.com", "does not begin with http:// or https:// \(example)"),
            ("HTTPS://x", "does not begin with http:// or https:// \(example)"),
            ("http://x/path", "has more than a host and a port after http:// \(example)"),
            ("https://x//", "has more than a host and a port after https:// \(example)"),
            ("https://x?a=b", "has more than a host and a port after https:// \(example)"),
            ("https://x#a", "has more than a host and a port after https:// \(example)"),
            ("https://", noHost), ("https:///", noHost), ("https://:443", noHost), ("https://a b", noHost),
            ("https://-x", noHost), ("https://.x", noHost), ("https://::1", noHost), ("https://é", noHost),
            ("https://[]", noHost), ("https://[10.0.0.1]", noHost), ("https://[::1", noHost),
            ("https://[::1]x", noHost),
            ("https://x:0", "has a port that is not from 1 to 65535"),
            ("https://x:65536", "has a port that is not from 1 to 65535"),
            ("https://x:", "has a port that is not from 1 to 65535"),
            ("https://x:+80", "has a port that is not from 1 to 65535"),
            ("https://[::1]:a", "has a port that is not from 1 to 65535"),
        ]
    )
    func `other texts than endpoints are refused`(_ url: String, _ message: String) {
        #expect(problems("endpoint_url = \"\(url)\"") == ["endpoint_url: \"\(url)\" \(message)"])
    }

    @Test(arguments: ["https://me:hunter2@x", "hunter2@", "https://x/@hunter2"])
    func `a password in an endpoint is refused and not shown`(_ url: String) {
        #expect(
            problems("endpoint_url = \"\(url)\"") == [
                "endpoint_url: must not have a user name or password in it; "
                    + "credentials come from the environment"
            ]
        )
    }

    @Test(
        arguments: [
            (
                "accounts.\"123456789012\".role_arn = \"x\"",
                "accounts: not available in this version"
            ),
            ("healthy_treshold = 2", "healthy_treshold: unknown key, did you mean healthy_threshold?"),
            ("region = 1", "region: must be a string, not an integer"),
            ("endpoint_url = \"\"", "endpoint_url: must not be empty"),
            ("target_groups = []", "target_groups: unknown key"),
        ]
    )
    func `says what is wrong with a key`(_ line: String, _ message: String) {
        #expect(problems(line) == [message])
    }
}
