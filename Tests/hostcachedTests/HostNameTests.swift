import TestSupport
import TestTraits
import Testing

/// A server's own name: where it leads, and which of its addresses answers.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct HostNameTests {
    private static let name = "db.hostcached.test"
    private static let second = "127.0.0.9"

    @Test func `a name that moves leads the daemon to the new server, though the old one lives on`()
        async throws
    {
        try await ConfinedDaemon.skipUnlessPossible()
        try await Scenario.with(.mariadb) { old in
            try await Scenario.with(.mariadb) { new in
                let port = old.server.port
                let node = try LoadBalancerNode(
                    on: Self.second,
                    port: port,
                    to: new.server.port,
                    from: "127.0.0.1"
                )
                let hosts = try HostsFile(["127.0.0.1 \(Self.name)"], in: old.folder)
                try DaemonProcess.writeConfiguration(
                    forPort: port,
                    host: Self.name,
                    mode: "enforce",
                    keys: #"tls = { mode = "disabled" }"#,
                    in: old.folder
                )
                let daemon = try await DaemonProcess(in: old.folder, environment: [:], under: hosts)
                try await waitUntil("the old server's limit is raised") {
                    try await old.server.sql("SELECT @@global.max_connect_errors") == "5000"
                }
                try await new.block()
                try hosts.set(["\(Self.second) \(Self.name)"])
                let start = ContinuousClock.now
                try await waitUntil(deadline: .seconds(150), "the new server's address is free") {
                    await new.login() == nil
                }
                Attachment.record("\(ContinuousClock.now - start)", named: "time to the new server")
                #expect(
                    daemon.log.contains { $0.contains("the server's name leads elsewhere, connecting anew") }
                )
                #expect(daemon.log.contains { $0.contains("another server answers to this name") })
                #expect(daemon.log.filter { $0.contains("server is down") } == [])
                try await daemon.stop()
                withExtendedLifetime(node) {}
            }
        }
    }

    @Test func `a silent first address leaves time for the next one`() async throws {
        try await ConfinedDaemon.skipUnlessPossible()
        try await Scenario.with(.mariadb) { scenario in
            let port = freePort()
            let silent = try SilentAddress("127.0.0.1", port: port)
            let node = try LoadBalancerNode(
                on: Self.second,
                port: port,
                to: scenario.server.port,
                from: "127.0.0.1"
            )
            // The resolver puts 127.0.0.1 first.
            let hosts = try HostsFile(
                ["127.0.0.1 \(Self.name)", "\(Self.second) \(Self.name)"],
                in: scenario.folder
            )
            try DaemonProcess.writeConfiguration(
                forPort: port,
                host: Self.name,
                mode: "observe",
                keys: #"tls = { mode = "disabled" }"# + "\nconnect_timeout = \"6s\"",
                in: scenario.folder
            )
            let command =
                try hosts.command + [
                    BuiltProduct.hostcached, "diagnose", "--config", scenario.folder.file("hostcached.toml"),
                ]
            let diagnose = try await ChildProcess.start(command[0], Array(command.dropFirst()))
            try await diagnose.wait()
            #expect(diagnose.standardOutput.contains("MariaDB"), "\(diagnose.standardOutput)")
            withExtendedLifetime((silent, node)) {}
        }
    }
}
