import Daemon
import SystemdSupport
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct WatchdogFeederTests {
    private let lines = LogLines()
    private let clock = ManualClock()
    private let deadlines = LoopDeadlines()
    private let socket: NotifySocket

    init() throws {
        socket = try NotifySocket(abstract: true)
    }

    /// Runs a feeder of a watchdog of 60 s until it sleeps for the first time, then `body`.
    private func run(_ address: String? = nil, _ body: () async throws -> Void) async throws {
        let feeder = WatchdogFeeder(
            try Notifier(
                environment: ["NOTIFY_SOCKET": address ?? socket.address],
                sendTimeout: .seconds(1)
            ),
            every: .seconds(60),
            deadlines: deadlines,
            timekeeper: .manual(clock),
            logger: lines.logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await feeder.run() }
            await clock.untilSleeping()
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func pass(_ seconds: Int) async {
        clock.advance(by: .seconds(seconds))
        await clock.untilSleeping()
    }

    @Test func `systemd hears of a daemon without loops at once, then at half of the time`() async throws {
        try await run {
            #expect(socket.received() == ["WATCHDOG=1"])
            #expect(clock.remainingSleeps == [.seconds(30)])
            await pass(30)
            #expect(socket.received() == ["WATCHDOG=1"])
        }
        #expect(lines.taken() == [])
    }

    @Test(arguments: [(1, ["WATCHDOG=1"]), (0, [])] as [(Int, [String])])
    func `a loop may be late by less than thirty seconds`(deadline: Int, told: [String]) async throws {
        deadlines.expect(.server("orders"), by: .seconds(deadline))
        try await run {
            _ = socket.received()
            await pass(30)
            #expect(socket.received() == told)
        }
    }

    @Test func `a stuck loop is named once, before systemd's time is over, and again when it goes on`()
        async throws
    {
        deadlines.expect(.server("orders"), by: .zero)
        deadlines.expect(.targetGroup("arn"), by: .seconds(3600))
        try await run {
            #expect(socket.received() == ["WATCHDOG=1"])
            await pass(30)
            #expect(
                lines.taken() == [
                    "<3>a loop is stuck, systemd is going to restart hostcached overdue=\"30 s\" server=orders"
                ]
            )
            await pass(30)
            #expect(socket.received() == [])
            #expect(lines.taken() == [])
            deadlines.expect(.server("orders"), by: .seconds(90))
            await pass(30)
            #expect(socket.received() == ["WATCHDOG=1"])
            #expect(lines.taken() == ["<5>a loop goes on again server=orders"])
        }
    }

    @Test func `a machine that stood still is no loop's fault`() async throws {
        deadlines.expect(.server("orders"), by: .seconds(40))
        try await run {
            _ = socket.received()
            await pass(3630)
            #expect(socket.received() == ["WATCHDOG=1"])
            // Awake for a whole turn, and the loop still says nothing.
            await pass(30)
            #expect(socket.received() == [])
        }
    }

    @Test func `a socket that takes nothing is told once`() async throws {
        try await run("@hostcached-watchdog-\(UInt64.random(in: 0 ... .max))") {
            await pass(30)
            await pass(30)
        }
        #expect(
            lines.taken().map { $0.prefix(50) } == ["<4>systemd's watchdog could not be told error=\"can"]
        )
    }
}
