import Configuration
import Testing

@Suite struct LoadBalancerTests {
    private func files(_ array: String) -> FakeFiles { FakeFiles(server: "load_balancers = \(array)") }

    @Test(
        arguments: [
            ("10.0.1.23", "10.0.1.23"), ("::1", "::1"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"),
            ("::ffff:10.0.1.23", "10.0.1.23"), ("::FFFF:0a00:0117", "10.0.1.23"),
            ("2001:db8:0:1:0:0:0:1", "2001:db8:0:1::1"), ("255.255.255.255", "255.255.255.255"),
            ("fe80::1%eth0", "fe80::1%eth0"), ("FE80:0::1%Br-1.2", "fe80::1%Br-1.2"), ("fe80::1", "fe80::1"),
            ("35.191.0.0/16", "35.191.0.0/16"), ("10.0.1.23/32", "10.0.1.23/32"),
            ("128.0.0.0/1", "128.0.0.0/1"),
            ("2001:DB8:0::/32", "2001:db8::/32"), ("fe80::/10", "fe80::/10"),
        ]
    )
    func `addresses and ranges look as the host cache shows them`(_ written: String, _ shown: String) throws {
        #expect(try files("[\"\(written)\"]").load().servers.map(\.loadBalancers) == [[shown]])
    }

    @Test(
        arguments: [
            "10.0.1", "10.0.1.256", "10.0.1.023", "10.0.1/24", "nlb/24", "10.0.1.23%eth0", "2001:db8::1%eth0",
            "fe80::1%", "fe80::1%sixteen-letters-", "fe80::1%e th0", "fe80::1%eth0/64", "[::1]", "::1::",
            "10.0.1.23:3306", " 10.0.1.23", "nlb.10", "-nlb.example.com", "nlb-.example.com", "nlb..com",
            ".", "nlb.example.com..", "nlb_\u{e9}.example.com", "*.example.com",
            String(repeating: "a", count: 64) + ".com",
        ]
    )
    func `mistyped addresses and what is no host name are refused`(_ text: String) {
        let message = "\"\(text)\" is neither an IP address, a range of them nor a host name"
        #expect(
            files("[\"\(text)\"]").problems()
                == ["hostcached.toml:6: server \"orders\": load_balancers: \(message)"]
        )
    }

    @Test(
        arguments: [
            ("35.191.0.5/16", "has bits behind its prefix; the range is written 35.191.0.0/16"),
            ("2001:db8::1/64", "has bits behind its prefix; the range is written 2001:db8::/64"),
            ("10.0.0.0/33", "has a prefix that is not from 1 to 32"),
            ("0.0.0.0/0", "has a prefix that is not from 1 to 32"),
            ("10.0.0.0/", "has a prefix that is not from 1 to 32"),
            ("10.0.0.0/08", "has a prefix that is not from 1 to 32"),
            ("10.0.0.0/+8", "has a prefix that is not from 1 to 32"),
            ("2001:db8::/129", "has a prefix that is not from 1 to 128"),
        ]
    )
    func `a range that is none says why`(_ text: String, _ message: String) {
        #expect(
            files("[\"\(text)\"]").problems()
                == ["hostcached.toml:6: server \"orders\": load_balancers: \"\(text)\" \(message)"]
        )
    }

    @Test func `names are apart from addresses, in lower case and without a closing dot`() throws {
        let servers = try files("[\"NLB-1.Example.com.\", \"::ffff:10.0.1.23\", \"nlb_2\"]").load().servers
        #expect(servers.map(\.loadBalancers) == [["10.0.1.23"]])
        #expect(servers.map(\.loadBalancerNames) == [["nlb-1.example.com", "nlb_2"]])
    }

    @Test func `one name in two spellings is listed twice`() {
        #expect(
            files("[\"nlb.example.com\", \"NLB.example.com.\"]").problems() == [
                "hostcached.toml:6: server \"orders\": load_balancers: "
                    + "\"NLB.example.com.\" is listed twice, as nlb.example.com"
            ]
        )
    }

    @Test func `flushing for load balancers is fine with a name only`() throws {
        let lines = "load_balancers = [\"nlb.example.com\"]\nflush_for = \"load-balancers\""
        #expect(try FakeFiles(server: lines).load().servers.map(\.flushFor) == [.loadBalancers])
    }

    @Test(
        arguments: [
            ("::ffff:10.0.1.23", "10.0.1.23"), ("2001:DB8:0::1", "2001:db8::1"), ("10.0.1.23", "10.0.1.23"),
            ("fe80::1%eth0", "fe80::1%eth0"), ("*", "*"), ("", ""),
        ]
    )
    func `a row's address gets the same form, and what is none stays`(_ written: String, _ shown: String) {
        #expect(IPAddress.canonical(written) == shown)
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
