import TestSupport
import TestTraits
import Testing

/// A new configuration while the daemon runs.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct ReloadTests {
    private static let taken = "hostcached_config_last_reload_successful"
    private static let readAt = "hostcached_config_last_reload_success_timestamp_seconds"

    /// Another server, on a port where nothing answers.
    private static let other = """

        [[server]]
        name = "other"
        host = "127.0.0.1"
        port = 1
        user = "hostcached"
        """

    private func write(_ mode: String, _ keys: [String], for scenario: Scenario) throws {
        try DaemonProcess.writeConfiguration(
            forPort: scenario.server.port,
            mode: mode,
            keys: keys.joined(separator: "\n"),
            in: scenario.folder
        )
    }

    @Test func `a server that did not change keeps its connection while others come and go`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            let keys = [#"check_interval = "1s""#]
            let daemon = try await scenario.daemon("observe", keys: keys)
            try write("observe", keys + [Self.other], for: scenario)
            daemon.reload()
            try await waitUntil("the other server is in the metrics, and down") {
                daemon.metric(#"hostcached_server_up{server="other"}"#) == 0
                    && daemon.log.contains { $0.contains("server is down") && $0.contains("server=other") }
            }
            try write("observe", keys, for: scenario)
            daemon.reload()
            try await waitUntil("the other server is gone from the metrics") {
                daemon.metricsText.map { !$0.contains("other") } ?? false
            }
            let looks = #"hostcached_server_checks_total{server="orders"}"#
            let before = try #require(daemon.metric(looks))
            try await waitUntil("two more looks") { daemon.metric(looks) ?? 0 >= before + 2 }
            try await daemon.stop()
            let logins = try scenario.server.generalLog().filter { $0.contains("Connect\thostcached@") }
            #expect(logins.count == 1)
            #expect(daemon.log.filter { $0.contains("server is up") }.count == 1)
            #expect(
                daemon.log.filter { $0.contains("configuration reloaded") }.map {
                    $0.split(separator: " ", maxSplits: 2)[2]
                }
                    == [
                        #"configuration reloaded added=other changed="" mode=observe removed="""#,
                        #"configuration reloaded added="" changed="" mode=observe removed=other"#,
                    ]
            )
        }
    }

    @Test func `a change is taken, a bad one refused, and the next good one taken`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            let systemd = try NotifySocket(abstract: true)
            try write("observe", [], for: scenario)
            let daemon = try await DaemonProcess(
                in: scenario.folder,
                environment: ["NOTIFY_SOCKET": systemd.address]
            )
            try await waitUntil("the daemon is ready") {
                systemd.received().contains { $0.hasPrefix("READY=1") }
            }

            try write("enforce", ["max_connect_errors = 700"], for: scenario)
            daemon.reload()
            try await waitUntil("the limit is raised") {
                try await scenario.server.sql("SELECT @@global.max_connect_errors") == "700"
            }
            try await waitUntil("the metrics say enforce") { daemon.metric("hostcached_mode_enforcing") == 1 }
            #expect(daemon.metric(Self.taken) == 1)
            let readAt = try #require(daemon.metric(Self.readAt))
            #expect(
                systemd.received().map { $0.prefix(9) }.filter { ["RELOADING", "READY=1"].contains($0) }
                    == ["RELOADING", "READY=1"]
            )

            try write("enforce", ["max_connect_errors = 0", "hots = 1"], for: scenario)
            daemon.reload()
            try await waitUntil("the refusal is in the metrics") { daemon.metric(Self.taken) == 0 }
            #expect(daemon.metric(Self.readAt) == readAt)
            #expect(daemon.metric(#"hostcached_server_up{server="orders"}"#) == 1)
            let refusals = daemon.log.filter { $0.contains("configuration cannot be reloaded") }
            #expect(refusals.count == 1)
            #expect(refusals.first?.contains("max_connect_errors") == true)
            #expect(refusals.first?.contains("hots") == true)
            try await waitUntil("systemctl status says so") {
                systemd.received().contains { $0.contains("new configuration refused (2 problems") }
            }

            try write("enforce", ["max_connect_errors = 900"], for: scenario)
            daemon.reload()
            try await waitUntil("the limit is raised again") {
                try await scenario.server.sql("SELECT @@global.max_connect_errors") == "900"
            }
            try await waitUntil("the metrics say so") { daemon.metric(Self.taken) == 1 }
            #expect(try #require(daemon.metric(Self.readAt)) > readAt)
            let status = try await daemon.stop()
            #expect(status == .code(0))
        }
    }

    @Test func `the watchdog hears of a daemon that works, at half of its time`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            let systemd = try NotifySocket(abstract: true)
            try write("observe", [], for: scenario)
            let daemon = try await DaemonProcess(
                in: scenario.folder,
                environment: ["NOTIFY_SOCKET": systemd.address, "WATCHDOG_USEC": "2000000"]
            )
            var heard = 0
            try await waitUntil("four signs of life") {
                heard += systemd.received().count { $0 == "WATCHDOG=1" }
                return heard >= 4
            }
            try await daemon.stop()
        }
    }

    @Test func `the log's form and level on the command line win over the configuration`() async throws {
        let folder = try TemporaryFolder("log")
        try DaemonProcess.writeConfiguration(forPort: 1, mode: "observe", in: folder)
        let daemon = try await DaemonProcess(
            in: folder,
            environment: [:],
            arguments: ["--log-format", "json", "--log-level", "warning"]
        )
        try await waitUntil("the server is told down") { !daemon.log.isEmpty }
        try await daemon.stop()
        #expect(daemon.log.count == 1)
        #expect(daemon.log.first?.hasPrefix(#"{"time":""#) == true)
        #expect(daemon.log.first?.contains(#""level":"warning","message":"server is down""#) == true)
    }
}
