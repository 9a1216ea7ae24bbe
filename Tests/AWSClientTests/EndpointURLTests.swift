import AWSClient
import Testing

@Suite struct EndpointURLTests {
    @Test(
        arguments: [
            ("https://example.com", "https://example.com", "example.com", 443, false),
            ("HTTPS://Example.COM:443/", "https://example.com", "example.com", 443, false),
            ("http://localhost:4566/", "http://localhost:4566", "localhost:4566", 4566, true),
            ("http://127.0.0.1", "http://127.0.0.1", "127.0.0.1", 80, true),
            ("http://127.255.0.9:443", "http://127.255.0.9:443", "127.255.0.9:443", 443, true),
            ("http://[::1]:8080", "http://[::1]:8080", "[::1]:8080", 8080, true),
            ("http://[fd00:ec2::23]", "http://[fd00:ec2::23]", "[fd00:ec2::23]", 80, false),
            ("http://moto.localhost:5", "http://moto.localhost:5", "moto.localhost:5", 5, true),
            (
                "http://127.0.0.1.example.com", "http://127.0.0.1.example.com", "127.0.0.1.example.com", 80,
                false
            ),
            (
                "https://vpce-1.elb.eu-west-1.vpce.amazonaws.com:65535",
                "https://vpce-1.elb.eu-west-1.vpce.amazonaws.com:65535",
                "vpce-1.elb.eu-west-1.vpce.amazonaws.com:65535", 65535, false
            ),
        ] as [(String, String, String, UInt16, Bool)]
    )
    func `an endpoint is a scheme, a host and a port`(
        _ text: String,
        _ description: String,
        _ authority: String,
        _ port: UInt16,
        _ isLoopback: Bool
    ) throws {
        let endpoint = try EndpointURL(text)
        #expect(endpoint.description == description)
        #expect(endpoint.authority == authority)
        #expect(endpoint.port == port)
        #expect(endpoint.isLoopback == isLoopback)
    }

    @Test(
        arguments: [
            ("", "it must start with https:// or http://"),
            ("example.com", "it must start with https:// or http://"),
            ("ftp://example.com", "it must start with https:// or http://"),
            ("file:///etc/passwd", "it must start with https:// or http://"),
            ("https://", "the host must be a name, an IPv4 address or an IPv6 address in brackets"),
            ("https://a b", "the host must be a name, an IPv4 address or an IPv6 address in brackets"),
            ("https://\u{e4}.com", "the host must be a name, an IPv4 address or an IPv6 address in brackets"),
            ("https://::1", "the host must be a name, an IPv4 address or an IPv6 address in brackets"),
            ("https://a\r\nb", "the host must be a name, an IPv4 address or an IPv6 address in brackets"),
            ("https://a:0", "the port must be a number from 1 to 65535"),
            ("https://a:65536", "the port must be a number from 1 to 65535"),
            ("https://a:", "the port must be a number from 1 to 65535"),
            ("https://a:+1", "the port must be a number from 1 to 65535"),
            ("https://a/path", "only a host and a port may follow https://"),
            ("https://a?b", "only a host and a port may follow https://"),
            ("https://a#b", "only a host and a port may follow https://"),
        ]
    )
    func `anything else is refused with the reason`(_ text: String, _ reason: String) {
        #expect {
            try EndpointURL(text)
        } throws: { error in
            "\(error)" == "\"\(text)\" is no endpoint: \(reason) "
                + "(example: https://elasticloadbalancing.us-east-1.amazonaws.com)"
        }
    }

    @Test func `a password in a URL is refused and not repeated`() {
        #expect {
            try EndpointURL("https://me:TopSecretPw@example.com")
        } throws: { error in
            "\(error)" == "\"…@example.com\" is no endpoint: only a host and a port may follow https:// "
                + "(example: https://elasticloadbalancing.us-east-1.amazonaws.com)"
        }
    }
}
