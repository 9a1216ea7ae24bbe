import AWSClient
import Testing

@Suite struct EndpointChoiceTests {
    @Test(
        arguments: [
            ("aws", "us-east-1", "https://elasticloadbalancing.us-east-1.amazonaws.com"),
            ("aws", "xx-new-9", "https://elasticloadbalancing.xx-new-9.amazonaws.com"),
            ("aws-cn", "cn-north-1", "https://elasticloadbalancing.cn-north-1.amazonaws.com.cn"),
            ("aws-us-gov", "us-gov-west-1", "https://elasticloadbalancing.us-gov-west-1.amazonaws.com"),
            ("aws-eusc", "eusc-de-east-1", "https://elasticloadbalancing.eusc-de-east-1.amazonaws.eu"),
            ("aws-new", "us-east-1", nil),
        ] as [(String, String, String?)]
    )
    func `each partition has a suffix of its own`(_ partition: String, _ region: String, _ url: String?) {
        #expect(EndpointURL.aws(.elbv2, partition: partition, region: region).map { "\($0)" } == url)
    }

    @Test(
        arguments: [
            ([:], nil, nil),
            (["AWS_ENDPOINT_URL": ""], nil, nil),
            (["AWS_ENDPOINT_URL": "http://all:1"], nil, "http://all:1"),
            (
                ["AWS_ENDPOINT_URL": "http://all:1", "AWS_ENDPOINT_URL_RDS": "http://rds:1"], nil,
                "http://all:1"
            ),
            (
                [
                    "AWS_ENDPOINT_URL": "http://all:1",
                    "AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2": "http://elb:1",
                ],
                nil, "http://elb:1"
            ),
            (["AWS_ENDPOINT_URL_ELASTIC_LOAD_BALANCING_V2": "http://elb:1"], "http://own:1", "http://own:1"),
            (["AWS_ENDPOINT_URL": "http://all:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "TRUE"], nil, nil),
            (
                ["AWS_ENDPOINT_URL": "http://all:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"],
                "http://own:1", "http://own:1"
            ),
            (
                ["AWS_ENDPOINT_URL": "http://all:1", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "0"], nil,
                "http://all:1"
            ),
        ] as [([String: String], String?, String?)]
    )
    func `our configuration wins, then the service's variable, then the one for all`(
        _ environment: [String: String],
        _ configured: String?,
        _ chosen: String?
    ) throws {
        let configured = try configured.map { try EndpointURL($0) }
        let endpoint = try EndpointURL.override(
            for: .elbv2,
            configured: configured,
            environment: environment
        )
        #expect(endpoint.map { "\($0)" } == chosen)
    }

    @Test func `a variable that holds no endpoint is an error, not nothing`() {
        #expect(throws: EndpointError.self) {
            try EndpointURL.override(
                for: .elbv2,
                configured: nil,
                environment: ["AWS_ENDPOINT_URL": "localhost:4566"]
            )
        }
    }
}
