import Commands
import Configuration
import TestSamples
import Testing

struct ConfigReportTests {
    @Test func `a configuration that is well says what is in force`() throws {
        #expect(
            "\(ConfigReport(try .sample(server: "")))" == "orders: db.example.com:3306, enforce, limit 5000"
        )
    }

    @Test func `a writer endpoint is a warning`() throws {
        let configuration = try DaemonConfiguration.sample(
            """
            mode = "enforce"
            [[server]]
            name = "orders"
            host = "c.cluster-abcdefghijkl.us-east-1.rds.amazonaws.com"
            user = "watch"
            """
        )
        let report = "\(ConfigReport(configuration))"
        #expect(report.contains("warning: orders: host is "))
        #expect(report.contains("after a failover it leads to another instance"))
    }

    @Test(
        arguments: [
            (#"via = ["10.0.1.23"]"#, true), (#"via = ["127.0.0.2", "nlb.example.com"]"#, true),
            (#"via = ["127.0.0.2"]"#, false),
            (#"via = ["10.0.1.23"], tls = { mode = "fingerprint", fingerprint = "\#(fingerprint)" }"#, false),
        ] as [(String, Bool)]
    )
    func `keep-alive logins in plain text are a warning, unless they stay on this machine`(
        _ via: String,
        _ warns: Bool
    ) throws {
        let report = "\(ConfigReport(try .sample(server: "keep_alive = { user = \"touch\", \(via) }")))"
        #expect(report.contains("warning: orders: keep_alive has no TLS") == warns)
    }

    private static let fingerprint = String(repeating: "6f", count: 20)

    @Test func `guard rails that are too narrow for the assumed rate are a warning each`() throws {
        // 5 errors a second at limit 100 are a window of 20 s, so a flush every 10 s.
        let configuration = try DaemonConfiguration.sample(
            """
            mode = "observe"
            [defaults]
            user = "watch"
            max_connect_errors = 100
            errors_per_health_check = 25
            assumed_health_check_interval = "5s"
            [[server]]
            name = "gap"
            host = "a"
            min_flush_gap = "11s"
            max_flushes_per_hour = 360
            [[server]]
            name = "fits"
            host = "b"
            min_flush_gap = "10s"
            max_flushes_per_hour = 360
            [[server]]
            name = "cap"
            host = "c"
            min_flush_gap = "10s"
            max_flushes_per_hour = 300
            """
        )
        #expect(
            "\(ConfigReport(configuration))" == """
                gap: a:3306, observe, limit 100
                fits: b:3306, observe, limit 100
                cap: c:3306, observe, limit 100
                warning: gap: a flush is needed every 10 s, min_flush_gap allows one every 11 s: raise max_connect_errors, or change min_flush_gap
                warning: cap: a flush is needed every 10 s, max_flushes_per_hour allows one every 12 s: raise max_connect_errors, or change max_flushes_per_hour
                """
        )
    }
}
