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

    @Test func `keep_alive that actions does not list is a warning and no login`() throws {
        let keys = "keep_alive = { user = \"touch\", via = [\"127.0.0.2\"] }\nactions = [\"raise\"]"
        #expect(
            "\(ConfigReport(try .sample(server: keys)))" == """
                orders: db.example.com:3306, enforce, limit 5000
                warning: orders: keep_alive is configured, and no login is made: actions does not list keep-alive
                """
        )
    }

    @Test(
        arguments: [
            (
                #"tls = { mode = "verify-identity", ca = "/home/dba/ca.pem" }"#, "tls.ca: /home/dba/ca.pem",
                "/home/"
            ),
            (#"tls = { mode = "verify-identity", ca = "/root/ca.pem" }"#, "tls.ca: /root/ca.pem", "/root/"),
            (#"tls = { mode = "verify-identity", ca = "/tmp/ca.pem" }"#, "tls.ca: /tmp/ca.pem", "/tmp/"),
            (
                #"tls = { mode = "verify-identity", ca = "/var/tmp/ca.pem" }"#, "tls.ca: /var/tmp/ca.pem",
                "/var/tmp/"
            ),
        ]
    )
    func `a file that the unit does not see is a warning`(
        _ key: String,
        _ what: String,
        _ folder: String
    ) throws {
        let setting = folder.hasSuffix("tmp/") ? "PrivateTmp" : "ProtectHome"
        #expect(
            "\(ConfigReport(try .sample(server: key)))" == """
                orders: db.example.com:3306, enforce, limit 5000
                warning: orders: \(what) is below \(folder), which hostcached.service does not see \
                (\(setting)=yes): move it, or change that in a drop-in (systemctl edit hostcached)
                """
        )
    }

    @Test(arguments: ["/tmpfs/ca.pem", "/srv/tmp/ca.pem", "/rooted/ca.pem", "/etc/hostcached/ca.pem"])
    func `a file anywhere else is none`(_ path: String) throws {
        let key = "tls = { mode = \"verify-identity\", ca = \"\(path)\" }"
        #expect(!"\(ConfigReport(try .sample(server: key)))".contains("warning"))
    }

    @Test func `a socket, the state and the metrics in folders the unit hides are warnings too`() throws {
        let configuration = try DaemonConfiguration.sample(
            """
            mode = "observe"
            state_directory = "/home/state"
            [metrics]
            file = "/tmp/m.prom"
            [[server]]
            name = "orders"
            socket = "/tmp/mysql.sock"
            user = "watch"
            """
        )
        let warned = "\(ConfigReport(configuration))".split(separator: "\n").filter {
            $0.hasPrefix("warning: ")
        }
        #expect(warned.count == 3)
        for start in ["state_directory: /home/", "metrics: file: /tmp/", "orders: socket: /tmp/"] {
            #expect(warned.contains { $0.hasPrefix("warning: \(start)") }, "\(start)")
        }
    }

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
