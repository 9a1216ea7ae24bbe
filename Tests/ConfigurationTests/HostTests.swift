import Configuration
import Testing

/// What is refused as `host`.
@Suite struct HostTests {
    private func problems(_ host: String, _ more: String = "", mode: String = "observe") -> [String] {
        let files = FakeFiles(
            """
            mode = "\(mode)"
            [[server]]
            name = "orders"
            host = "\(host)"
            user = "watch"
            \(more)
            """
        )
        return files.problems().map { problem in
            problem.firstRange(of: "server \"orders\": ").map { String(problem[$0.upperBound...]) } ?? problem
        }
    }

    @Test(
        arguments: ["observe", "enforce"],
        [
            "orders-0123456789abcdef.elb.us-east-1.amazonaws.com", "ORDERS-1.ELB.us-east-1.amazonaws.com.",
            "us-east-1a.orders-1.elb.us-east-1.amazonaws.com",
            "internal-orders-1.us-east-1.elb.amazonaws.com",
            "orders-1.elb.cn-north-1.amazonaws.com.cn",
        ]
    )
    func `a load balancer's name`(_ mode: String, _ host: String) {
        #expect(
            problems(host, mode: mode) == [
                "host: \(host.debugDescription) is a load balancer's name: each connection may lead to another "
                    + "server; write the server's own name or address"
            ]
        )
    }

    @Test(
        arguments: [
            "orders.abcdefghijkl.us-east-1.rds.amazonaws.com", "elb.us-east-1.amazonaws.com",
            "elb.example.com",
            "db.elb.us-east-1.amazonaws.com.example.com", "ip-10-0-0-1.ec2.internal", "db", "db.", "db-1",
            "1db",
            "10.0.0.1", "::1", "4294967296a",
        ]
    )
    func `any other name is taken`(_ host: String) {
        #expect(problems(host) == [])
    }

    @Test(
        arguments: [
            "10.0.0.01", "010.0.0.1", "10.0.1", "10.1", "10", "10.0.0.256", "10.0.0.1.2", "db.10",
            "10.0.0.1.",
        ]
    )
    func `numbers that are no address`(_ host: String) {
        #expect(
            problems(host) == [
                "host: \"\(host)\" is no IP address: an IPv4 address has four numbers from 0 to 255 without "
                    + "leading zeros"
            ]
        )
    }

    @Test(
        arguments: [
            ("10.0.1.23", #"load_balancers = ["10.0.1.23"]"#),
            ("::ffff:10.0.1.23", #"load_balancers = ["10.0.1.23"]"#),
            ("NLB.example.com.", #"load_balancers = ["10.0.1.23", "nlb.example.com"]"#),
        ]
    )
    func `what is listed in load_balancers`(_ host: String, _ key: String) {
        let found = problems(host, key)
        #expect(
            found == [
                "host: \(host.debugDescription) is listed in load_balancers too; write the server's own name or "
                    + "address"
            ]
        )
    }

    @Test func `a range may have the server in it`() {
        #expect(problems("10.0.1.23", #"load_balancers = ["10.0.0.0/16"]"#) == [])
    }

    @Test func `logins that lead to the server itself`() {
        let via = { (more: String) in "keep_alive = { via = [\"10.0.1.23\"], user = \"touch\"\(more) }" }
        #expect(
            problems("10.0.1.23", via("")) == [
                "keep_alive: via has host itself, \"10.0.1.23\", on the same port: a login there does not go "
                    + "through the load balancer"
            ]
        )
        #expect(problems("10.0.1.23", via(", port = 3307")) == [])
        #expect(problems("10.0.1.24", via("")) == [])
    }

    @Test func `logins alone need to know where`() {
        #expect(
            problems("db", #"actions = ["keep-alive"]"#)
                == ["actions: needs keep_alive: without it, nothing would ever be done"]
        )
    }
}
