import Daemon
import FoundationEssentials
import HostCacheCore
import PrometheusText
import TestSamples
import TestSupport
import Testing

struct MetricsPageTests {
    /// A file of `Golden` and the servers it shows.
    struct Page: CustomTestStringConvertible, Sendable {
        var name: String
        var configuration = loaded
        var statuses: [ServerStatus]
        var targetGroups: [TargetGroupStatus] = []
        var requests: [String: RequestCounts] = [:]

        var testDescription: String { name }

        var text: String {
            get throws {
                try MetricsPage(
                    statuses,
                    targetGroups: targetGroups,
                    configuration: configuration,
                    requests: requests,
                    now: Timekeeper.wallAtZero + .milliseconds(100_500)
                )
                .families().render()
            }
        }
    }

    /// In `enforce`, read at the manual clock's zero.
    private static var loaded: ConfigurationStatus {
        var status = ConfigurationStatus()
        status.isEnforcing = true
        status.loadedAt = Timekeeper.wallAtZero
        return status
    }

    private static var observing: ConfigurationStatus {
        var status = loaded
        status.isEnforcing = false
        return status
    }

    private static var refused: ConfigurationStatus {
        var status = loaded
        status.refusedProblems = 2
        return status
    }

    private static var requests: [String: RequestCounts] {
        var counts = RequestCounts()
        counts.made = 7
        counts.failed = 2
        return ["DescribeTargetGroups": counts]
    }

    static let pages = [
        Page(name: "no-look-yet", configuration: observing, statuses: [.untried()]),
        Page(name: "healthy", statuses: [healthy]),
        Page(name: "blocked", statuses: [blocked]),
        Page(name: "down", statuses: [.down()]),
        Page(
            name: "blind",
            statuses: [
                .seen("orders", .sample(.mariadb, performanceSchema: false, limit: 100), abortedConnects: 40)
            ]
        ),
        Page(name: "no-privileges", statuses: [.seen(privileges: noPrivileges)]),
        Page(name: "cannot-block", statuses: [.seen("orders", .sample(skipNameResolve: true))]),
        Page(name: "two-servers", statuses: [healthy, .down("billing")]),
        Page(name: "keep-alive", statuses: [kept, .down("billing")]),
        Page(name: "target-groups", statuses: [healthy], targetGroups: [held, unread], requests: requests),
        Page(name: "reload-refused", configuration: refused, statuses: [healthy]),
    ]

    /// May neither see nor raise.
    private static var noPrivileges: Privileges {
        var privileges = Privileges.all
        privileges.maySee = false
        privileges.mayRaise = false
        return privileges
    }

    private static var kept: ServerStatus {
        var status = healthy
        var keepAlive = KeepAliveStatus()
        keepAlive.period = .seconds(62_500)
        keepAlive.kept = ["10.0.1.23": true, "10.0.2.23": false]
        keepAlive.logins = [.proved: 3, .ownAddress: 1, .failed: 2]
        status.keepAlive = keepAlive
        return status
    }

    private static var held: TargetGroupStatus {
        var status = TargetGroupStatus(arn: TargetGroupEvidence.sampleARN, wanted: .seconds(300))
        status.interval = .seconds(30)
        status.held = "managed"
        return status
    }

    /// Wanted as long, and not read yet.
    private static let unread = TargetGroupStatus(
        arn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/billing/0123456789abcdef",
        wanted: .seconds(60)
    )

    private static let healthy = ServerStatus.seen(
        "orders",
        .sample(),
        [.sample(spent: 12, firstErrorAge: .seconds(60)), .sample("10.9.9.9", spent: 40)]
    )

    private static var blocked: ServerStatus {
        var status = ServerStatus.seen(
            "orders",
            .sample(.mariadb, limit: 100),
            [.sample(spent: 100, blocked: 7, firstErrorAge: .seconds(500))]
        )
        status.counters.handshakeErrors = 1200
        status.counters.blockedConnections = 7
        status.counters.flushes = [.blocked: 1, .budget: 2, .schedule: 3]
        status.counters.flushFailures = 4
        status.counters.limitChanges = 5
        status.counters.suppressed = [
            Suppression.Kind(action: .flush, reason: "rate_limit"): 6,
            Suppression.Kind(action: .raise, reason: "action_off"): 8,
        ]
        status.lastFlush = Timekeeper.wallAtZero + .milliseconds(1500)
        return status
    }

    @Test(arguments: pages) func `the page is the golden file, byte for byte`(page: Page) throws {
        let golden = PackageFolder.path + "/Tests/DaemonTests/Metrics/Golden/\(page.name).prom"
        if ProcessInfo.processInfo.environment["WRITE_GOLDEN"] != nil {
            try Data(page.text.utf8).write(to: URL(filePath: golden))
        }
        #expect(try page.text == TextFile.read(golden))
    }

    @Test(.enabled("needs promtool (Debian package prometheus)") { Promtool.isExpected }, arguments: pages)
    func `promtool has nothing to say about it`(page: Page) throws {
        #expect(try Promtool.check(page.text) == .clean)
    }

    @Test(arguments: [31, 32, 33]) func `no more than 32 addresses of a server get a series`(
        count: Int
    ) throws {
        var status = ServerStatus.seen()
        status.loadBalancers = (1...count).map { "10.0.0.\($0)" }
        let text = try Page(name: "", statuses: [status]).text
        let series = text.split(separator: "\n").filter {
            $0.hasPrefix("hostcached_watched_host_connect_errors{")
        }
        #expect(series.count == min(count, 32))
    }
}
