import Configuration
import TestSupport
import Testing

@Suite struct ExampleTests {
    @Test func `is the file of the package`() throws {
        let file = try Surroundings.live.readFile("\(PackageFolder.path)/config/hostcached.toml")
        #expect(String(decoding: file, as: UTF8.self) == DaemonConfiguration.example)
        #expect(file == Array(DaemonConfiguration.example.utf8))
    }

    @Test func `loads as it is`() throws {
        let configuration = try FakeFiles(DaemonConfiguration.example).load()
        #expect(configuration.effective == "orders: orders.example.com:3306, observe, limit 5000")
        #expect(configuration.servers.map(\.passwordFile) == [FakeFiles.password])
    }

    /// Its commented keys show the defaults, so that nothing changes when they are uncommented.
    @Test func `says the truth about defaults`() throws {
        let others = ["#socket", "#tls", "#flush_for", "#load_balancers"]
        let uncommented = DaemonConfiguration.example.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in
                let isKey = line.hasPrefix("#") && !line.hasPrefix("# ") && line.contains("=")
                return isKey && !others.contains { line.hasPrefix($0) } ? line.dropFirst() : line
            }
            .joined(separator: "\n")
        #expect(uncommented != DaemonConfiguration.example)
        #expect(try FakeFiles(uncommented).load() == FakeFiles(DaemonConfiguration.example).load())
    }

    @Test func `shows every key of a server`() throws {
        let keys = [
            "actions", "assumed_health_check_interval", "check_interval", "connect_timeout",
            "errors_per_health_check", "flush_at", "flush_for", "flush_with", "flush_within", "host",
            "load_balancers", "max_connect_errors", "max_flushes_per_hour", "min_flush_gap", "mode", "name",
            "password_file", "port", "query_timeout", "raise_with", "socket", "tls", "user",
        ]
        let text = try #require(DaemonConfiguration.example.split(separator: "[[server]]\n").last)
        let shown = text.split(separator: "\n").compactMap { line -> String? in
            let key = line.drop { $0 == "#" }.prefix { $0 != " " }
            return line.contains(" = ") && !line.hasPrefix("# ") ? String(key) : nil
        }
        #expect(shown.sorted() == keys)
    }
}
