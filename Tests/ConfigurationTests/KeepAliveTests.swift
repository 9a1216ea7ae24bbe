import Configuration
import Testing

@Suite struct KeepAliveTests {
    typealias Server = DaemonConfiguration.Server

    private func files(_ table: String, _ more: String = "") -> FakeFiles {
        FakeFiles(server: "keep_alive = \(table)\n\(more)")
    }

    private func problems(_ table: String) -> [String] {
        let prefix = "hostcached.toml:6: server \"orders\": keep_alive."
        return files(table).problems().map { problem in
            problem.hasPrefix(prefix) ? String(problem.dropFirst(prefix.count)) : problem
        }
    }

    private static let digits = "0123456789abcdef0123456789abcdef01234567"

    @Test func `names and addresses are taken in one form`() throws {
        let table =
            "{ via = [\"10.0.1.23\", \"NLB.example.com\", \"::ffff:10.0.2.23\"], user = \"touch\", "
            + "port = 3307, password_file = \"credentials/orders\", "
            + "tls = { mode = \"fingerprint\", fingerprint = \"\(Self.digits)\" } }"
        let server = try #require(try files(table, "load_balancers = [\"10.0.1.23\"]").load().servers.first)
        #expect(
            server.keepAlive
                == Server.KeepAlive(
                    via: ["10.0.1.23", "nlb.example.com", "10.0.2.23"],
                    port: 3307,
                    user: "touch",
                    passwordFile: FakeFiles.password,
                    tls: .fingerprint(Self.digits)
                )
        )
        #expect(server.balancerAddresses == ["10.0.1.23", "10.0.2.23"])
    }

    @Test func `port 3306, no password and no TLS are the defaults`() throws {
        let server = try files("{ via = [\"nlb\"], user = \"touch\" }").load().servers.first
        #expect(
            server?.keepAlive
                == Server.KeepAlive(
                    via: ["nlb"],
                    port: 3306,
                    user: "touch",
                    passwordFile: nil,
                    tls: .disabled
                )
        )
    }

    @Test func `defaults hand it on`() throws {
        let text = """
            mode = "observe"
            [defaults]
            keep_alive = { via = ["nlb"], user = "touch" }
            [[server]]
            name = "orders"
            host = "db"
            user = "watch"
            """
        #expect(try FakeFiles(text).load().servers.first?.keepAlive?.via == ["nlb"])
    }

    @Test(
        arguments: [
            ("{}", ["via: is missing", "user: is missing"]),
            (
                "{ via = [], user = \"t\" }",
                ["via: must not be empty; without load balancers, remove keep_alive"]
            ),
            (
                "{ via = [\"10.0.1\"], user = \"t\" }",
                ["via: \"10.0.1\" is neither a host name nor an IP address"]
            ),
            (
                "{ via = [\"nlb:3306\"], user = \"t\" }",
                ["via: \"nlb:3306\" is neither a host name nor an IP address"]
            ),
            (
                "{ via = [\"-nlb\"], user = \"t\" }",
                ["via: \"-nlb\" is neither a host name nor an IP address"]
            ),
            (
                "{ via = [\"NLB\", \"nlb\"], user = \"t\" }", ["via: \"nlb\" is listed twice, as nlb"]
            ),
            ("{ via = [\"nlb\"], user = \"t\", port = 0 }", ["port: 0 is out of range (1 to 65535)"]),
            (
                "{ via = [\"nlb\"], user = \"t\", tls = { mode = \"verify-identity\" } }",
                [
                    "tls: verify-identity cannot hold through a load balancer, whose name is not in the "
                        + "server's certificate; use fingerprint or disabled"
                ]
            ),
            (
                "{ via = [\"nlb\"], user = \"t\", password = \"hunter2\" }",
                ["password: a password does not belong into this file; name a file with password_file"]
            ),
            (
                "{ via = [\"nlb\"], user = \"t\", pasword_file = \"x\" }",
                ["pasword_file: unknown key, did you mean password_file?"]
            ),
        ] as [(String, [String])]
    )
    func `says what is wrong`(_ table: String, _ messages: [String]) {
        #expect(problems(table) == messages)
    }

    @Test func `it is a table`() {
        #expect(
            files("true").problems() == [
                "hostcached.toml:6: server \"orders\": keep_alive: must be a table such as "
                    + "{ via = [\"10.0.1.23\"], user = \"touch\" }, not a boolean"
            ]
        )
    }
}
