import FoundationEssentials
import Glibc
import TestSupport
import TestTraits
import Testing

/// The built program as a user meets it.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct ProgramTests {
    @Test func `five mistakes are said at once, with exit code 78 and no connection`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            let folder = scenario.folder
            try DaemonProcess.writeConfiguration(
                forPort: scenario.server.port,
                mode: "enforce",
                keys: """
                    chekc_interval = "1s"
                    query_timeout = "5 parsecs"

                    [[server]]
                    name = "orders"
                    host = "127.0.0.1"
                    port = 1
                    """,
                in: folder
            )
            chmod(folder.file("password"), 0o644)
            for command in ["run", "diagnose"] {
                let process = try await ChildProcess.start(
                    BuiltProduct.hostcached,
                    [command, "--config", folder.file("hostcached.toml")]
                )
                let status = try await process.wait()
                #expect(status == .code(78))
                let problems = process.standardError.split(separator: "\n")
                #expect(problems.count == 5)
                for part in ["chekc_interval", "5 parsecs", "user", "is already the name", "password_file"] {
                    #expect(problems.contains { $0.contains(part) }, "\(part) in \(problems)")
                }
            }
            #expect(try scenario.server.generalLog().filter { $0.contains("Connect\thostcached@") } == [])
        }
    }

    @Test(arguments: ["run", "diagnose"])
    func `an endpoint in the environment that is no URL is a wrong configuration`(
        _ command: String
    )
        async throws
    {
        let folder = try TemporaryFolder("endpoint")
        try DaemonProcess.writeConfiguration(forPort: 1, mode: "observe", in: folder)
        let process = try await ChildProcess.start(
            BuiltProduct.hostcached,
            [command, "--config", folder.file("hostcached.toml")],
            environment: ["AWS_ENDPOINT_URL": "not a url"]
        )
        #expect(try await process.wait() == .code(78))
        let begin = "the endpoint of AWS in the environment (AWS_ENDPOINT_URL): \"not a url\" is no endpoint"
        #expect(process.standardError.hasPrefix(begin))
    }

    @Test func `one server takes little memory, and no more after many looks`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            let daemon = try await scenario.daemon(keys: [#"check_interval = "1s""#])
            let load = Task { await scenario.load(6, for: .seconds(240)) }
            try await waitUntil("ten looks") {
                daemon.metric(Self.checks) ?? 0 >= 10
            }
            let early = try #require(daemon.privateBytes)
            let many: Double = TestExtent.isQuick ? 25 : 60
            try await waitUntil(deadline: .seconds(180), "\(many) looks") {
                daemon.metric(Self.checks) ?? 0 >= many
            }
            let late = try #require(daemon.privateBytes)
            load.cancel()
            try await daemon.stop()
            #expect(late < 10 * 1024 * 1024)
            #expect(late - early < 1024 * 1024)
        }
    }

    private static let checks = #"hostcached_server_checks_total{server="orders"}"#

    @Test func `a stop ends cleanly and takes the metrics file away`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            let daemon = try await scenario.daemon()
            #expect(daemon.metricsText != nil)
            let status = try await daemon.stop()
            #expect(status == .code(0))
            #expect(daemon.metricsText == nil)
            #expect(daemon.log.last?.contains("hostcached stopped") == true)
        }
    }

    @Test func `a stop is not held up by a server that does not answer`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            let daemon = try await scenario.daemon(keys: [
                #"check_interval = "1s""#, #"query_timeout = "60s""#,
            ])
            kill(scenario.server.pid, SIGSTOP)
            try await waitUntil("a look hangs") {
                let before = daemon.metric(Self.checks)
                try await Task.sleep(for: .seconds(2))
                return daemon.metric(Self.checks) == before
            }
            let status = try await daemon.stop()
            kill(scenario.server.pid, SIGCONT)
            #expect(status == .code(0))
        }
    }

    @Test func `two daemons never share a state directory`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            let daemon = try await scenario.daemon()
            let second = try await DaemonProcess(on: scenario.server, mode: "enforce", in: scenario.folder)
            try await waitUntil("the second ends") { second.exitStatus != nil }
            #expect(second.exitStatus == .code(69))
            #expect(second.log.joined().contains("process \(daemon.pid)"))
            try await daemon.stop()
        }
    }

    @Test func `diagnose needs nothing but a host, a user and a password`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            try await scenario.block()
            try DaemonProcess.writeConfiguration(
                forPort: scenario.server.port,
                mode: "observe",
                in: scenario.folder
            )
            let process = try await ChildProcess.start(
                BuiltProduct.hostcached,
                [
                    "diagnose", "--host", "127.0.0.1", "--port", "\(scenario.server.port)", "--user",
                    "hostcached",
                    "--password-file", scenario.folder.file("password"), "--json",
                ]
            )
            let status = try await process.wait()
            #expect(status == .code(2))
            let document = try JSONDecoder().decode(Document.self, from: Data(process.standardOutput.utf8))
            #expect(document.verdict == "critical")
            #expect(document.servers.map { $0.findings.first?.code } == ["HC206"])
            try scenario.expectChanges([])
        }
    }

    private struct Document: Decodable {
        var verdict: String
        var servers: [Server]

        struct Server: Decodable {
            var findings: [Finding]
        }

        struct Finding: Decodable {
            var code: String
        }
    }
}
