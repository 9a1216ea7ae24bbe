import Configuration
import Daemon
import HostCacheCore
import Synchronization
import SystemdSupport
import TestSamples
import TestSupport
import Testing

struct ReloadTests {
    private let lines = LogLines()
    private let clock = ManualClock()
    private let socket: NotifySocket

    init() throws {
        socket = try NotifySocket(abstract: true)
    }

    /// A reload that finds `read`, from a configuration that runs and was looked at.
    private func reload(
        _ current: DaemonConfiguration,
        _ board: StatusBoard,
        finding read: Result<DaemonConfiguration, ConfigurationError>
    ) throws -> Reload {
        Reload(
            current,
            mayAct: true,
            load: { () throws(ConfigurationError) in try read.get() },
            counters: { _ in Self.counters },
            notifier: try Notifier(environment: ["NOTIFY_SOCKET": socket.address], sendTimeout: .seconds(1)),
            board: board,
            timekeeper: .manual(clock),
            logger: lines.logger
        )
    }

    /// What was counted of every server before.
    private static var counters: Counters {
        var counters = Counters()
        counters.flushFailures = 4
        return counters
    }

    private func board(_ configuration: DaemonConfiguration, isReady: Bool = true) -> StatusBoard {
        let board = StatusBoard(configuration, mayAct: true, loadedAt: Timekeeper.wallAtZero)
        for server in configuration.servers {
            board.update(server.name) { status in
                status.checks = 3
                status.look = ServerStatus.seen().look
            }
        }
        board.update { $0.isReady = isReady }
        return board
    }

    /// The error of a configuration with several problems.
    private static func refused() throws -> ConfigurationError {
        let error = #expect(throws: ConfigurationError.self) {
            try DaemonConfiguration.sample("mode = \"none\"\nhots = 1")
        }
        return try #require(error)
    }

    @Test func `a good configuration is taken, told, and shown`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""), ("b", ""), ("c", ""))
        let new = try DaemonConfiguration.servers(("a", ""), ("b", "max_connect_errors = 7"), ("d", ""))
        let board = board(old)
        clock.advance(by: .seconds(5))
        var reload = try reload(old, board, finding: .success(new))
        #expect(await reload.next() == new.jobs)
        #expect(lines.taken() == ["<5>configuration reloaded added=d changed=b mode=enforce removed=c"])
        var status = ConfigurationStatus()
        status.isEnforcing = true
        status.loadedAt = Timekeeper.wallAtZero + .seconds(5)
        status.reloads = 1
        status.isReady = true
        #expect(board.configuration == status)
        #expect(board.current.statuses.map(\.name) == ["a", "b", "d"])
        #expect(board.current.statuses.map(\.checks) == [3, 3, 0])
        #expect(board.current.statuses.map(\.counters.flushFailures) == [0, 0, 4])
        #expect(board.current.statuses.map(\.wantedLimit) == [5000, 7, 5000])
        #expect(board.current.statuses.map(\.isUp) == [true, true, false])
    }

    @Test func `a bad one is refused with every problem, and the old one stays`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""))
        let board = board(old)
        let before = board.current.statuses
        clock.advance(by: .seconds(5))
        var reload = try reload(old, board, finding: .failure(try Self.refused()))
        #expect(await reload.next() == nil)
        let problems = try Self.refused().problems.map(\.description)
        #expect(problems.count == 3)
        let text = problems.joined(separator: "; ").replacing("\"", with: "\\\"")
        #expect(
            lines.taken() == [
                "<3>configuration cannot be reloaded, the old one stays advice=\"correct it, check with "
                    + "hostcached config check, and reload again\" error=\"\(text)\""
            ]
        )
        var status = ConfigurationStatus()
        status.isEnforcing = true
        status.loadedAt = Timekeeper.wallAtZero
        status.refusedProblems = 3
        status.isReady = true
        #expect(board.configuration == status)
        #expect(board.current.statuses == before)
    }

    @Test func `a good one after a bad one ends the refusal`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""))
        let board = board(old)
        board.refuseConfiguration(problems: 1)
        var reload = try reload(old, board, finding: .success(old))
        #expect(await reload.next() == old.jobs)
        #expect(board.configuration.refusedProblems == 0)
        #expect(lines.taken() == [#"<5>configuration reloaded added="" changed="" mode=enforce removed="""#])
    }

    @Test func `systemd hears of the begin with its time, and of the end`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""))
        for read in [.success(old), .failure(try Self.refused())]
            as [Result<DaemonConfiguration, ConfigurationError>]
        {
            let before = MonotonicTime.microseconds()
            var reload = try reload(old, board(old), finding: read)
            _ = await reload.next()
            let told = socket.received()
            #expect(told.count == 2)
            let begin = try #require(told.first).split(separator: "\n")
            #expect(begin.first == "RELOADING=1")
            let time = try #require(begin.last.flatMap { UInt64($0.dropFirst("MONOTONIC_USEC=".count)) })
            #expect((before...MonotonicTime.microseconds()).contains(time))
            #expect(told.last == "READY=1")
        }
    }

    @Test func `before the daemon is ready, systemd is told nothing`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""))
        var reload = try reload(old, board(old, isReady: false), finding: .success(old))
        _ = await reload.next()
        #expect(socket.received() == [])
    }

    @Test func `keys that need a restart are named and stay, again at the next reload`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""))
        let new = try DaemonConfiguration.servers(("a", ""), top: "state_directory = \"/srv/state\"")
        var reload = try reload(old, board(old), finding: .success(new))
        for _ in 1...2 {
            #expect(await reload.next() == old.jobs)
            #expect(
                lines.taken().first
                    == "<4>a changed key takes effect at the next start only advice=\"restart hostcached\" "
                    + "key=state_directory"
            )
        }
    }

    @Test func `a server at another address was not looked at yet, and keeps its counts`() async throws {
        let old = try DaemonConfiguration.servers(("a", ""))
        let new = try DaemonConfiguration.servers(("a", "port = 3307"))
        let board = board(old)
        var reload = try reload(old, board, finding: .success(new))
        _ = await reload.next()
        #expect(board.current.statuses.map(\.isUp) == [false])
        #expect(board.current.statuses.map(\.checks) == [3])
    }

    @Test func `target groups keep what was read of them, and get the new wish`() async throws {
        let groups = "target_groups = [\"\(ordersGroup)\"]"
        let old = try DaemonConfiguration.servers(("a", groups))
        let new = try DaemonConfiguration.servers(
            ("a", groups),
            top: "[aws]\nhealth_check_interval = \"60s\""
        )
        let board = board(old)
        board.update(targetGroup: ordersGroup) { $0.interval = .seconds(30) }
        var reload = try reload(old, board, finding: .success(new))
        _ = await reload.next()
        var group = TargetGroupStatus(arn: ordersGroup, wanted: .seconds(60))
        group.interval = .seconds(30)
        #expect(board.targetGroups == [group])
    }
}
