import Configuration
import Testing

@Suite struct LoadBalancerTests {
    private func files(_ array: String) -> FakeFiles { FakeFiles(server: "load_balancers = \(array)") }

    @Test(
        arguments: [
            ("10.0.1.23", "10.0.1.23"), ("::1", "::1"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("::ffff:10.0.1.23", "10.0.1.23"), ("::FFFF:0a00:0117", "10.0.1.23"),
            ("2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"), ("255.255.255.255", "255.255.255.255"),
        ]
    )
    func `addresses look as the host cache shows them`(_ written: String, _ shown: String) throws {
        #expect(try files("[\"\(written)\"]").load().servers.map(\.loadBalancers) == [[shown]])
    }

    @Test(
        arguments: [
            "nlb-name", "10.0.1", "10.0.1.256", "10.0.1.023", "10.0.1.0/24", "fe80::1%eth0", "[::1]", "::1::",
            "10.0.1.23:3306", " 10.0.1.23",
        ]
    )
    func `names and ranges are refused`(_ text: String) {
        let message =
            "\"\(text)\" is not an IP address; names of load balancers are not available in this version"
        #expect(
            files("[\"\(text)\"]").problems()
                == ["hostcached.toml:6: server \"orders\": load_balancers: \(message)"]
        )
    }

    @Test func `one address in two forms is listed twice`() {
        #expect(
            files("[\"10.0.0.1\", \"::ffff:10.0.0.1\"]").problems() == [
                "hostcached.toml:6: server \"orders\": load_balancers: "
                    + "\"::ffff:10.0.0.1\" is listed twice, as 10.0.0.1"
            ]
        )
    }

    @Test func `none is fine`() throws {
        #expect(try files("[]").load().servers.map(\.loadBalancers) == [[]])
    }

    @Test func `flushing for load balancers needs some`() {
        #expect(
            FakeFiles(server: "flush_for = \"load-balancers\"").problems() == [
                "hostcached.toml:6: server \"orders\": flush_for: "
                    + "needs load_balancers: without any, no row would ever count"
            ]
        )
    }
}
