import Configuration
import TestSamples
import Testing

struct ReconfigurationTests {
    private static func configuration(
        top: String = "",
        metrics: String = "",
        server: String = ""
    ) throws
        -> DaemonConfiguration
    {
        try .sample(
            """
            mode = "enforce"
            \(top)
            [metrics]
            \(metrics)
            [[server]]
            name = "orders"
            host = "db.example.com"
            user = "watch"
            \(server)
            """
        )
    }

    @Test func `the same configuration changes nothing`() throws {
        let same = try Self.configuration()
        let change = Reconfiguration(from: same, to: same)
        #expect(change.taken == same)
        #expect(change.needsRestart == [])
    }

    @Test(
        arguments: [
            (#"log_format = "json""#, "", ["log_format"]),
            (#"log_level = "debug""#, "", ["log_level"]),
            (#"state_directory = "/srv/state""#, "", ["state_directory"]),
            ("", #"file = "/srv/h.prom""#, ["metrics.file"]),
            (
                #"state_directory = "/srv/state""#, #"file = "/srv/h.prom""#,
                ["metrics.file", "state_directory"]
            ),
        ] as [(String, String, [String])]
    )
    func `a key that needs a restart keeps its value, and the rest is taken`(
        _ top: String,
        _ metrics: String,
        _ keys: [String]
    ) throws {
        let change = Reconfiguration(
            from: try Self.configuration(),
            to: try Self.configuration(top: top, metrics: metrics, server: "max_connect_errors = 100")
        )
        #expect(change.needsRestart == keys)
        #expect(change.taken == (try Self.configuration(server: "max_connect_errors = 100")))
    }

    @Test func `mode and servers are taken`() throws {
        let new = try DaemonConfiguration.sample(
            """
            mode = "observe"
            [aws]
            health_check_interval = "60s"
            [[server]]
            name = "billing"
            socket = "/run/mysqld.sock"
            user = "watch"
            """
        )
        let change = Reconfiguration(from: try Self.configuration(), to: new)
        #expect(change.taken == new)
        #expect(change.needsRestart == [])
    }
}
