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
        let others = [
            "#socket", "#tls", "#flush_for", "#load_balancers", "#target_groups", "#healthy_threshold",
            "#region", "#endpoint_url",
            "#keep_alive",
        ]
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
            "accept_slow_failover", "actions", "adopt", "assumed_health_check_interval", "check_interval",
            "connect_timeout",
            "errors_per_health_check", "flush_at", "flush_for", "flush_with", "flush_within", "host",
            "keep_alive", "load_balancers", "max_connect_errors", "max_flushes_per_hour", "min_flush_gap",
            "mode", "name",
            "password_file", "port", "query_timeout", "raise_with", "socket", "target_groups", "tls", "user",
        ]
        #expect(try shown(after: "[[server]]\n") == keys)
    }

    @Test func `shows every key of AWS`() throws {
        let keys = ["endpoint_url", "health_check_interval", "healthy_threshold", "region"]
        #expect(try shown(after: "[aws]\n") == keys)
    }

    /// The keys of one table, commented or not, sorted.
    private func shown(after header: String) throws -> [String] {
        let text = try #require(DaemonConfiguration.example.split(separator: header).last)
        let table = text.prefix(upTo: text.firstRange(of: "\n[")?.lowerBound ?? text.endIndex)
        let keys = table.split(separator: "\n").compactMap { line -> String? in
            let key = line.drop { $0 == "#" }.prefix { $0 != " " }
            return line.contains(" = ") && !line.hasPrefix("# ") ? String(key) : nil
        }
        return keys.sorted()
    }
}
