import Configuration
import Testing

@Suite struct ProblemReportTests {
    @Test func `five mistakes are five problems`() {
        var files = FakeFiles(
            """
            mode = "observe"
            log_lvel = "info"

            [[server]]
            name = "orders"
            host = "a.example.com"
            user = "watch"
            check_interval = "5 parsecs"
            password_file = "/etc/hostcached/credentials/orders"

            [[server]]
            name = "orders"
            host = "b.example.com"
            """
        )
        files.modes[FakeFiles.password] = 0o644
        #expect(
            files.problems() == [
                "hostcached.toml:2: log_lvel: unknown key, did you mean log_level?",
                "hostcached.toml:8: server \"orders\": check_interval: "
                    + "\"5 parsecs\" is not a duration (examples: 250ms, 5s, 10m, 1h)",
                "hostcached.toml:9: server \"orders\": password_file: credentials/orders is open to others "
                    + "(mode 0644); run: chmod o= credentials/orders",
                "hostcached.toml:11: server \"orders\": user: is missing",
                "hostcached.toml:12: server \"orders\": name: "
                    + "\"orders\" is already the name of the server at hostcached.toml:5",
            ]
        )
    }

    @Test func `a problem keeps its parts and prints with the whole path`() throws {
        let error = try #require(throws: ConfigurationError.self) {
            try FakeFiles(server: "max_connect_errors = 0").load()
        }
        let expected = Problem(
            file: "/etc/hostcached/hostcached.toml",
            line: 6,
            keyPath: "server \"orders\": max_connect_errors",
            message: "0 is out of range (1 to 4294967295)"
        )
        #expect(error.problems == [expected])
        #expect(
            "\(error)" == "/etc/hostcached/hostcached.toml:6: server \"orders\": max_connect_errors: "
                + "0 is out of range (1 to 4294967295)"
        )
    }

    @Test func `several problems print one line each`() throws {
        let error = try #require(throws: ConfigurationError.self) { try FakeFiles("").load() }
        #expect(
            "\(error)" == """
                /etc/hostcached/hostcached.toml: mode: is missing (observe or enforce)
                /etc/hostcached/hostcached.toml: server: is missing; write at least one [[server]]
                """
        )
    }

    @Test func `a server without a name goes by its number`() {
        #expect(
            FakeFiles("mode = \"observe\"\n[[server]]\n[[server]]\nname = \"\"\nhost = \"b\"\nuser = \"u\"")
                .problems() == [
                    "hostcached.toml:2: server 1: host: is missing; give host or socket",
                    "hostcached.toml:2: server 1: name: is missing",
                    "hostcached.toml:2: server 1: user: is missing",
                    "hostcached.toml:4: server 2: name: must not be empty",
                ]
        )
    }

    @Test(
        arguments: [
            ("host = \"a.example.com\"", "host = \"A.example.com.\"", "host: A.example.com.:3306"),
            ("host = \"10.0.0.1\"", "host = \"::ffff:10.0.0.1\"", "host: [::ffff:10.0.0.1]:3306"),
            ("socket = \"/s\"", "socket = \"/s\"", "socket: /s"),
        ]
    )
    func `one daemon watches a server once`(_ first: String, _ second: String, _ problem: String) {
        let text = """
            mode = "observe"
            defaults.user = "watch"
            [[server]]
            name = "a"
            \(first)
            [[server]]
            name = "b"
            \(second)
            """
        #expect(
            FakeFiles(text).problems() == [
                "hostcached.toml:8: server \"b\": \(problem) is already watched by the server at "
                    + "hostcached.toml:5; list it once"
            ]
        )
    }

    @Test func `two ports of a host are two servers`() {
        let text = """
            mode = "observe"
            defaults.user = "watch"
            [[server]]
            name = "a"
            host = "db"
            [[server]]
            name = "b"
            host = "db"
            port = 3307
            """
        #expect(FakeFiles(text).problems() == [])
    }

    @Test func `a mistake in the defaults is reported once`() {
        let text = """
            mode = "observe"
            [defaults]
            user = 5
            password_file = "missing"
            [[server]]
            name = "a"
            host = "a"
            [[server]]
            name = "b"
            host = "b"
            """
        #expect(
            FakeFiles(text).problems() == [
                "hostcached.toml:3: defaults.user: must be a string, not an integer",
                "hostcached.toml:4: defaults.password_file: cannot open missing: no such file or directory",
            ]
        )
    }

    @Test func `a password in the file is never shown`() {
        let texts = [
            "password = \"hunter2\"", "pasword = \"hunter2\"", "keep_alive = { password = \"hunter2\" }",
            "tls = { mode = \"disabled\", password = \"hunter2\" }", "password = hunter2",
            "password = \"hunter2",
            "password = \"hunter2\" x", "password_file = [\"hunter2\"]",
        ]
        for text in texts {
            let problems = FakeFiles(server: text).problems()
            #expect(problems.isEmpty == false)
            #expect(problems.filter { $0.contains("hunter2") } == [])
        }
    }
}
