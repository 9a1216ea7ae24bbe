import Daemon
import SystemdSupport
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct SystemdReporterTests {
    private let lines = LogLines()
    private let clock = ManualClock()
    private let board = StatusBoard([.untried("orders"), .untried("billing")])

    private func run(_ address: String, _ body: () async throws -> Void) async throws {
        let reporter = SystemdReporter(
            try Notifier(environment: ["NOTIFY_SOCKET": address], sendTimeout: .seconds(1)),
            board: board,
            timekeeper: .manual(clock),
            logger: lines.logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await reporter.run() }
            await clock.untilSleeping()
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func turn() async {
        clock.advance(by: clock.remainingSleeps.first ?? .zero)
        await clock.untilSleeping()
    }

    private func tryServers(_ names: String...) {
        for name in names { board.update(name) { $0.wasTried = true } }
    }

    @Test func `ready when every server was tried, status on change only, stopping at the end`() async throws
    {
        let socket = try NotifySocket(abstract: true)
        try await run(socket.address) {
            await turn()
            tryServers("orders")
            await turn()
            #expect(socket.received() == [])
            tryServers("billing")
            await turn()
            #expect(socket.received() == ["READY=1\nSTATUS=0 of 2 servers up"])
            await turn()
            board.update("orders") { $0.checks += 1 }
            await turn()
            #expect(socket.received() == [])
            board.update("orders") { $0.look = ServerStatus.seen().look }
            await turn()
            #expect(socket.received() == ["STATUS=1 of 2 servers up"])
            board.refuseConfiguration(problems: 1)
            await turn()
            #expect(
                socket.received() == [
                    "STATUS=new configuration refused (1 problem, see the log), 1 of 2 servers up"
                ]
            )
        }
        #expect(socket.received() == ["STOPPING=1\nSTATUS=stopping"])
        #expect(lines.taken() == [])
    }

    @Test func `after half a minute it is ready, whatever a slow server does`() async throws {
        let socket = try NotifySocket(abstract: true)
        try await run(socket.address) {
            tryServers("orders")
            for elapsed in [29_900, 30_000] {
                #expect(socket.received() == [])
                #expect(!board.configuration.isReady)
                clock.advance(by: .milliseconds(elapsed) - clock.now.offset)
                await clock.untilSleeping()
            }
            #expect(socket.received() == ["READY=1\nSTATUS=0 of 2 servers up"])
            #expect(board.configuration.isReady)
        }
    }

    @Test func `a stop before ready is told too`() async throws {
        let socket = try NotifySocket(abstract: true)
        try await run(socket.address) {}
        #expect(socket.received() == ["STOPPING=1\nSTATUS=stopping"])
    }

    @Test func `what did not arrive is sent again, and the failure is told once`() async throws {
        let name = "@hostcached-reporter-\(UInt64.random(in: 0 ... .max))"
        try await run(name) {
            tryServers("orders", "billing")
            await turn()
            await turn()
            #expect(lines.taken().count == 1)
            // Not ready yet, so it is tried often.
            #expect(clock.remainingSleeps == [.milliseconds(100)])
        }
        #expect(lines.taken() == [])
    }
}
