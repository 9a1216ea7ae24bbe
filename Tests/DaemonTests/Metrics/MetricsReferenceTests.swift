import Daemon
import FoundationEssentials
import HostCacheCore
import PrometheusText
import TestSupport
import Testing

/// The table of `docs/metrics.md` is made of the metrics themselves.
@Suite struct MetricsReferenceTests {
    private static let path = PackageFolder.path + "/docs/metrics.md"
    /// Behind this line the document has nothing but the table.
    private static let mark = "<!-- From here on made by `make docs`. -->\n\n"

    private static func families() throws -> [MetricFamily] {
        let configuration = ConfigurationStatus()
        let page = MetricsPage([.up], targetGroups: [.read], configuration: configuration, now: .zero)
        return try page.families().families
    }

    @Test func `the table of metrics.md is made of every metric`() throws {
        let document = try #require(TextFile.read(Self.path))
        let mark = try #require(document.firstRange(of: Self.mark), "no line \(Self.mark)")
        let wanted = document[..<mark.upperBound] + (try Self.families().table)
        if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] != nil {
            try Data(wanted.utf8).write(to: URL(filePath: Self.path))
        }
        #expect(TextFile.read(Self.path) == String(wanted), "run make docs, and read the diff")
    }

    @Test func `every metric has a series to take the labels from`() throws {
        #expect(try Self.families().filter(\.samples.isEmpty).map(\.name) == [])
    }
}

extension [MetricFamily] {
    /// A row for each metric.
    fileprivate var table: String {
        let rows = map { "| `\($0.name)` | \($0.kind.rawValue) | \($0.labels) | \($0.help) |\n" }
        return "| metric | type | labels | meaning |\n|---|---|---|---|\n" + rows.joined()
    }
}

extension MetricFamily {
    /// The names of the labels, each with its values where one server or target group has several.
    fileprivate var labels: String {
        let names = samples.first?.labels.all.map(\.name) ?? []
        return names.map { name in
            var values: [String] = []
            for label in samples.flatMap(\.labels.all) where label.name == name {
                if !values.contains(label.value) { values.append(label.value) }
            }
            return values.count > 1 ? "\(name): \(values.joined(separator: ", "))" : name
        }
        .joined(separator: "; ")
    }
}

extension ServerStatus {
    /// A server with one load balancer, looked at once.
    fileprivate static var up: ServerStatus {
        let policy = Policy.documented
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        let assessment = controller.look(.documented, interval: .seconds(30))
        var status = ServerStatus(
            name: "orders",
            isEnforcing: true,
            wantedLimit: policy.wantedLimit,
            loadBalancers: policy.loadBalancers.sorted()
        )
        status.checkDuration = .zero
        status.keepAlive = KeepAliveStatus()
        status.keepAlive?.period = .seconds(125)
        status.keepAlive?.kept = ["10.0.1.23": true]
        status.look = Look(assessment, .documented, policy: policy, timekeeper: .stopped)
        return status
    }
}

extension TargetGroupStatus {
    /// A target group that was looked at once.
    fileprivate static var read: TargetGroupStatus {
        var status = TargetGroupStatus(arn: "arn", wanted: .seconds(300))
        status.interval = .seconds(30)
        return status
    }
}

extension Policy {
    fileprivate static var documented: Policy {
        var policy = Policy()
        policy.loadBalancers = ["10.0.1.23"]
        return policy
    }
}

extension Observation {
    fileprivate static var documented: Observation {
        Observation(
            instant: .zero,
            identity: "orders",
            uptime: .seconds(1000),
            serverSecond: 1000,
            settings: ServerSettings(
                version: ServerVersion(flavour: .mysql, major: 9, minor: 7, patch: 4),
                performanceSchema: true,
                skipNameResolve: false,
                hostCacheSize: 279,
                maxConnectErrors: 5000
            ),
            rows: [],
            abortedConnects: 0
        )
    }
}

extension Timekeeper {
    /// A clock that stands still.
    fileprivate static var stopped: Timekeeper {
        Timekeeper(now: { .zero }, wall: { .zero }, sleep: { _ in })
    }
}
