import Configuration
import Testing

/// What each key of a server does, and the limits of each.
@Suite struct ServerValueTests {
    typealias Server = DaemonConfiguration.Server

    private func server(_ lines: String, mode: String = "observe") throws -> Server {
        try #require(try FakeFiles(server: lines, mode: mode).load().servers.first)
    }

    /// The one problem of a server with `lines`, without its place and server.
    private func problem(_ lines: String) -> String {
        let problems = FakeFiles(server: lines).problems()
        let prefix = "hostcached.toml:6: server \"orders\": "
        guard problems.count == 1, let problem = problems.first, problem.hasPrefix(prefix) else {
            return "\(problems)"
        }
        return String(problem.dropFirst(prefix.count))
    }

    @Test func `the smallest server has every default`() throws {
        let expected = """
            Server(name: "orders", address: db.example.com:3306, user: "watch", passwordFile: nil, \
            mode: observe, actions: 4, maxConnectErrors: 5000, raiseWith: auto, flushWith: auto, \
            flushFor: nil, loadBalancers: [], loadBalancerNames: [], checkInterval: 30.0 seconds, errorsPerHealthCheck: 6, \
            assumedHealthCheckInterval: 30.0 seconds, flushWithin: 0.5, flushAt: 0.5, \
            minFlushGap: 60.0 seconds, maxFlushesPerHour: 30, connectTimeout: 5.0 seconds, \
            queryTimeout: 5.0 seconds, tls: verifyIdentity(authorities: nil), \
            targetGroups: [], acceptSlowFailover: false, adopt: false, keepAlive: nil)
            """
        let server = try server("")
        let fields = Mirror(reflecting: server).children.map { child -> String in
            // A set prints in any order.
            let value: Any = (child.value as? Set<Server.Action>)?.count ?? child.value
            let text = value is String ? "\"\(value)\"" : "\(value)"
            return "\(child.label ?? ""): \(text)"
        }
        #expect("Server(\(fields.joined(separator: ", ")))" == expected)
        #expect(server.actions == [.flush, .raise, .interval, .keepAlive])
    }

    @Test func `every key can be set`() throws {
        let server = try server(
            """
            port = 3307
            password_file = "credentials/orders"
            mode = "observe"
            actions = ["raise", "flush"]
            max_connect_errors = 100
            raise_with = "persist"
            flush_with = "truncate"
            flush_for = "load-balancers"
            load_balancers = ["10.0.1.23"]
            check_interval = "1m"
            errors_per_health_check = 7
            assumed_health_check_interval = "10s"
            flush_within = 0.25
            flush_at = 0.125
            min_flush_gap = "2m"
            max_flushes_per_hour = 12
            connect_timeout = "2s"
            query_timeout = "3s"
            tls = { mode = "verify-identity", ca = "bundle.pem" }
            target_groups = ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1"]
            accept_slow_failover = true
            adopt = true
            """
        )
        #expect(server.address == .tcp(host: "db.example.com", port: 3307))
        #expect(server.passwordFile == "/etc/hostcached/credentials/orders")
        #expect(server.actions == [.raise, .flush])
        #expect(server.maxConnectErrors == 100)
        #expect(server.raiseWith == .persist)
        #expect(server.flushWith == .truncate)
        #expect(server.flushFor == .loadBalancers)
        #expect(server.loadBalancers == ["10.0.1.23"])
        #expect(server.checkInterval == .seconds(60))
        #expect(server.errorsPerHealthCheck == 7)
        #expect(server.assumedHealthCheckInterval == .seconds(10))
        #expect(server.flushWithin == Fraction(thousandths: 250))
        #expect(server.flushAt == Fraction(thousandths: 125))
        #expect(server.minFlushGap == .seconds(120))
        #expect(server.maxFlushesPerHour == 12)
        #expect(server.connectTimeout == .seconds(2))
        #expect(server.queryTimeout == .seconds(3))
        #expect(server.tls == .verifyIdentity(authorities: "/etc/hostcached/bundle.pem"))
        #expect(
            server.targetGroups == ["arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/1"]
        )
        #expect(server.acceptSlowFailover)
        #expect(server.adopt)
    }

    @Test(
        arguments: [
            ("max_connect_errors", 1, 4_294_967_295), ("errors_per_health_check", 1, 1000),
            ("max_flushes_per_hour", 1, 3600), ("port", 1, 65535),
        ] as [(String, Int64, Int64)]
    )
    func `integers have limits`(_ key: String, _ lowest: Int64, _ highest: Int64) {
        for number in [lowest, highest] {
            #expect(FakeFiles(server: "\(key) = \(number)").problems() == [])
        }
        for number in [lowest - 1, highest + 1, .min, .max] {
            let expected = "\(key): \(number) is out of range (\(lowest) to \(highest))"
            #expect(problem("\(key) = \(number)") == expected)
        }
        #expect(problem("\(key) = 1.0") == "\(key): must be an integer, not a float")
        #expect(problem("\(key) = \"1\"") == "\(key): must be an integer, not a string")
    }

    @Test(
        arguments: [
            ("check_interval", 1000, 3_600_000, "1s to 1h"), ("min_flush_gap", 1000, 3_600_000, "1s to 1h"),
            ("assumed_health_check_interval", 5000, 300_000, "5s to 300s"),
            ("connect_timeout", 1000, 60_000, "1s to 60s"), ("query_timeout", 1000, 60_000, "1s to 60s"),
        ] as [(String, Int, Int, String)]
    )
    func `durations have limits`(_ key: String, _ lowest: Int, _ highest: Int, _ range: String) {
        for milliseconds in [lowest, highest] {
            #expect(FakeFiles(server: "\(key) = \"\(milliseconds)ms\"").problems() == [])
        }
        for milliseconds in [0, lowest - 1, highest + 1] {
            let text = "\"\(milliseconds)ms\""
            #expect(problem("\(key) = \(text)") == "\(key): \(text) is out of range (\(range))")
        }
        let expected = "\(key): \"5 parsecs\" is not a duration (examples: 250ms, 5s, 10m, 1h)"
        #expect(problem("\(key) = \"5 parsecs\"") == expected)
        let wrongType = "\(key): must be a duration in quotes such as \"30s\", not an integer"
        #expect(problem("\(key) = 30") == wrongType)
    }

    @Test(arguments: ["flush_within", "flush_at"])
    func `fractions have limits`(_ key: String) {
        for number in ["0.05", "0.9", "0.123", "5e-2"] {
            #expect(FakeFiles(server: "\(key) = \(number)").problems() == [])
        }
        let outside = [
            ("0.049", "0.049"), ("0.901", "0.901"), ("0", "0.0"), ("1", "1.0"), ("-0.5", "-0.5"),
            ("nan", "nan"),
            ("inf", "inf"),
        ]
        for (written, shown) in outside {
            #expect(problem("\(key) = \(written)") == "\(key): \(shown) is out of range (0.05 to 0.9)")
        }
        #expect(problem("\(key) = 0.1234") == "\(key): 0.1234 has more than three decimals")
        #expect(problem("\(key) = \"0.5\"") == "\(key): must be a number, not a string")
    }

    @Test(
        arguments: [
            ("raise_with", "auto, persist, global, never"), ("flush_with", "auto, resize, flush, truncate"),
            ("flush_for", "load-balancers, any"), ("mode", "observe, enforce"),
        ]
    )
    func `words are those listed`(_ key: String, _ words: String) {
        for word in words.split(separator: ", ") {
            // One of the words asks for an address.
            let keys = "load_balancers = [\"10.0.1.23\"]\n\(key) = \"\(word)\""
            #expect(FakeFiles(server: keys).problems() == [])
        }
        #expect(problem("\(key) = \"Auto\"") == "\(key): \"Auto\" is not one of \(words)")
        #expect(problem("\(key) = \"\"") == "\(key): must not be empty")
        #expect(problem("\(key) = true") == "\(key): must be a string, not a boolean")
    }

    @Test(
        arguments: [
            ("observe", nil, .observe), ("observe", "observe", .observe), ("observe", "enforce", .observe),
            ("enforce", nil, .enforce), ("enforce", "observe", .observe), ("enforce", "enforce", .enforce),
        ] as [(String, String?, DaemonConfiguration.Mode)]
    )
    func `enforces only where both say so`(
        _ top: String,
        _ own: String?,
        _ mode: DaemonConfiguration.Mode
    ) throws {
        #expect(try server(own.map { "mode = \"\($0)\"" } ?? "", mode: top).mode == mode)
    }

    @Test(
        arguments: [
            ("actions = []", "actions: must not be empty; to look only, use mode = \"observe\""),
            ("actions = [\"flush\", \"flush\"]", "actions: \"flush\" is listed twice"),
            (
                "actions = [\"reboot\"]",
                "actions: \"reboot\" is not one of flush, raise, interval, keep-alive"
            ),
            ("actions = \"flush\"", "actions: must be an array of strings, not a string"),
            ("actions = [1]", "actions: must be an array of strings, but has an integer in it"),
            (
                "raise_with = \"parameter-group\"",
                "raise_with: \"parameter-group\" is not available in this version"
            ),
            ("user = 5", "user: must be a string, not an integer"),
            ("port = 2024-02-29", "port: must be an integer, not a date or time"),
        ]
    )
    func `says what is wrong with a key`(_ line: String, _ message: String) {
        let file = line.hasPrefix("user") ? FakeFiles(server: "").texts[FakeFiles.main] : nil
        guard let file else {
            #expect(problem(line) == message)
            return
        }
        let problems = FakeFiles(file.replacing("user = \"watch\"", with: line)).problems()
        #expect(problems == ["hostcached.toml:5: server \"orders\": \(message)"])
    }

    @Test(
        arguments: [
            "allow_shared_parameter_group = true", "auth = \"iam\"",
            "password_secret = \"x\"", "rds_instance = \"x\"",
        ]
    )
    func `keys of later versions are told apart`(_ line: String) {
        let key = line.prefix { $0 != " " }
        #expect(problem(line) == "\(key): not available in this version")
    }

    @Test(arguments: ["endpoint_url", "health_check_interval", "healthy_threshold", "region"])
    func `keys of AWS are not a server's`(_ key: String) {
        #expect(problem("\(key) = 1") == "\(key): belongs to [aws]")
    }

    @Test(
        arguments: [
            ("chek_interval = 1", "chek_interval: unknown key, did you mean check_interval?"),
            ("flush_wihtin = 1", "flush_wihtin: unknown key, did you mean flush_within?"),
            ("pasword_file = 1", "pasword_file: unknown key, did you mean password_file?"),
            ("colour = 1", "colour: unknown key"),
            ("\"a\\nb\" = 1", "\"a\\nb\": unknown key"),
            (
                "password = \"hunter2\"",
                "password: a password does not belong into this file; name a file with password_file"
            ),
        ]
    )
    func `unknown keys are problems`(_ line: String, _ message: String) {
        #expect(problem(line) == message)
    }
}
