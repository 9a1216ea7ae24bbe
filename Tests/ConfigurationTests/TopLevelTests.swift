import Configuration
import Testing

@Suite struct TopLevelTests {
    @Test func `the smallest file has every default`() throws {
        let configuration = try FakeFiles(top: "mode = \"enforce\"").load()
        #expect(configuration.mode == .enforce)
        #expect(configuration.metricsFile == "/run/hostcached/metrics/hostcached.prom")
        #expect(configuration.stateDirectory == "/var/lib/hostcached")
        #expect(configuration.logLevel == .info)
        #expect(configuration.logFormat == .text)
        #expect(configuration.effective == "orders: db.example.com:3306, enforce, limit 5000")
    }

    @Test func `every key can be set`() throws {
        let configuration = try FakeFiles(
            top: """
                mode = "observe"
                state_directory = "/srv/state"
                log_level = "debug"
                log_format = "json"
                metrics.file = "/srv/x.prom"
                """
        ).load()
        #expect(configuration.mode == .observe)
        #expect(configuration.metricsFile == "/srv/x.prom")
        #expect(configuration.stateDirectory == "/srv/state")
        #expect(configuration.logLevel == .debug)
        #expect(configuration.logFormat == .json)
    }

    @Test(
        arguments: [
            ("mode = \"enforced\"", "mode: \"enforced\" is not one of observe, enforce"),
            (
                "log_level = \"warn\"",
                "log_level: \"warn\" is not one of trace, debug, info, notice, warning, error, critical"
            ),
            ("log_format = \"xml\"", "log_format: \"xml\" is not one of text, json"),
            ("state_directory = \"state\"", "state_directory: \"state\" is not an absolute path"),
            ("metrics.file = \"x.prom\"", "metrics.file: \"x.prom\" is not an absolute path"),
            ("metrics.file = \"/x.txt\"", "metrics.file: \"/x.txt\" does not end in .prom"),
            ("metrics.fill = \"/x.prom\"", "metrics.fill: unknown key, did you mean file?"),
            ("metrics = \"/x.prom\"", "metrics: must be a table [metrics], not a string"),
            ("defaults = []", "defaults: must be a table [defaults], not an array"),
            ("defaults.name = \"x\"", "defaults.name: belongs to each [[server]], not to [defaults]"),
            ("defaults.host = \"x\"", "defaults.host: belongs to each [[server]], not to [defaults]"),
            ("defaults.socket = \"/x\"", "defaults.socket: belongs to each [[server]], not to [defaults]"),
            ("defaults.flush_at = 1", "defaults.flush_at: 1.0 is out of range (0.05 to 0.9)"),
            ("defaults.auth = \"iam\"", "defaults.auth: not available in this version"),
            ("aws = []", "aws: must be a table [aws], not an array"),
            ("region = \"eu-west-1\"", "region: belongs to [aws], not to the top of the file"),
            ("healthy_threshold = 2", "healthy_threshold: belongs to [aws], not to the top of the file"),
            (
                "target_groups = []",
                "target_groups: belongs to [[server]] or [defaults], not to the top of the file"
            ),
            ("log_levle = \"info\"", "log_levle: unknown key, did you mean log_level?"),
            ("servers = []", "servers: unknown key, did you mean server?"),
            (
                "check_interval = \"5s\"",
                "check_interval: belongs to [[server]] or [defaults], not to the top of the file"
            ),
        ]
    )
    func `says what is wrong with a key`(_ line: String, _ message: String) {
        let files = FakeFiles(top: line.hasPrefix("mode") ? line : "\(line)\nmode = \"observe\"")
        #expect(files.problems() == ["hostcached.toml:1: \(message)"])
    }

    @Test func `an empty file lacks two things`() {
        #expect(
            FakeFiles("").problems() == [
                "hostcached.toml: mode: is missing (observe or enforce)",
                "hostcached.toml: server: is missing; write at least one [[server]]",
            ]
        )
    }

    @Test(arguments: ["[server]\nname = \"x\"", "server = \"x\""])
    func `a server is an array of tables`(_ text: String) {
        let problems = FakeFiles("mode = \"observe\"\n\(text)").problems()
        #expect(problems == ["hostcached.toml:2: server: must be written as [[server]], with two brackets"])
    }

    @Test func `an empty array is no server`() {
        #expect(
            FakeFiles("mode = \"observe\"\nserver = []").problems() == [
                "hostcached.toml: server: is missing; write at least one [[server]]"
            ]
        )
    }

    @Test func `a server is nothing but a table`() {
        #expect(
            FakeFiles("mode = \"observe\"\nserver = [1]").problems() == [
                "hostcached.toml:2: server: must be written as [[server]], but has an integer in it"
            ]
        )
    }

    @Test func `the state directory of systemd wins`() throws {
        var files = FakeFiles(top: "mode = \"observe\"\nstate_directory = \"/srv/state\"")
        files.environment["STATE_DIRECTORY"] = "/var/lib/private/hostcached:/var/lib/other"
        #expect(try files.load().stateDirectory == "/var/lib/private/hostcached")
        files.environment["STATE_DIRECTORY"] = ""
        #expect(try files.load().stateDirectory == "/srv/state")
        files.environment["STATE_DIRECTORY"] = "state"
        #expect(
            files.problems() == [
                "hostcached.toml:2: state_directory: $STATE_DIRECTORY is \"state\", which is not an absolute path"
            ]
        )
    }
}
