import Daemon
import HostCacheCore
import TestSamples
import TestSupport
import Testing

/// What the log says of blocked hosts, from the first to the last.
@Suite(.timeLimit(.minutes(5))) struct BlockedTests {
    private static func row(_ address: String) -> HostCacheRow {
        .sample(address, spent: 100, firstErrorAge: .seconds(400))
    }

    /// The lines on blocks after looks that see these addresses blocked, nothing being done about it.
    private func told(_ looks: [[String]]) async throws -> [String] {
        let bench = try LoopBench(
            .sample { $0.isEnforcing = false },
            .sample(limit: 100),
            looks[0].map(Self.row)
        )
        try await bench.run {
            for addresses in looks.dropFirst() {
                bench.server.change { $0.rows = addresses.map(Self.row) }
                await bench.turn()
            }
        }
        return bench.log.taken().filter { $0.contains("blocked") && $0.contains("hosts=") }
            .map { line in
                String(line.prefix { $0 != "=" }.split(separator: " ").dropLast().joined(separator: " "))
            }
    }

    private static let begin = "<3>hosts are blocked"
    private static let end = "<5>hosts are not blocked any more"

    @Test(
        arguments: [
            ([["10.0.1.23"], ["10.0.1.23"], []], [begin, end]),
            ([["10.0.1.23"], [], [], ["10.0.1.23"]], [begin, end, begin]),
            ([["10.0.1.23", "10.0.2.45"], ["10.0.1.23"], []], [begin, end, end]),
            ([["10.0.1.23"], ["10.0.1.23", "10.0.2.45"], []], [begin, begin, end]),
            ([["10.0.1.23"], ["10.0.2.45"], []], [begin, end, begin, end]),
            ([[], []], []),
        ] as [([[String]], [String])]
    )
    func `the end of a block is told as its beginning is`(looks: [[String]], lines: [String]) async throws {
        #expect(try await told(looks) == lines)
    }

    @Test func `those that are free are named`() async throws {
        let bench = try LoopBench(
            .sample { $0.isEnforcing = false },
            .sample(limit: 100),
            [Self.row("10.0.1.23"), Self.row("10.0.2.45")]
        )
        try await bench.run {
            bench.server.change { $0.rows = [Self.row("10.0.2.45")] }
            await bench.turn()
        }
        #expect(
            bench.log.taken().filter { $0.contains("any more") } == [
                "<5>hosts are not blocked any more hosts=10.0.1.23 limit=100 server=orders"
            ]
        )
    }

    @Test func `on a blind server past the bound an address may be blocked, until the limit is raised`()
        async throws
    {
        let bench = try LoopBench(
            .sample { $0.isEnforcing = false },
            .sample(.mariadb, performanceSchema: false, limit: 100)
        )
        try await bench.run {
            for count in [UInt64(99), 100, 120] {
                bench.server.change { $0.abortedConnects = count }
                await bench.turn()
            }
            bench.server.change { $0.settings.maxConnectErrors = 5000 }
            await bench.turn()
        }
        #expect(
            bench.log.taken().filter { $0.contains("blocked") } == [
                "<3>an address may be blocked now, and the host cache cannot be seen "
                    + "advice=\"SET GLOBAL max_connect_errors = 5000;\" limit=100 server=orders spent=100",
                "<5>no address can be blocked any more limit=5000 server=orders spent=120",
            ]
        )
    }

    @Test func `a failure whose words leave it open has its cause in the log, and is no outage`() async throws
    {
        let bench = try LoopBench()
        try await bench.run {
            _ = bench.log.taken()
            bench.server.change { server in
                // A session that ended in a pause is opened anew, and that fails.
                server.looks = [ServerFailure.lost]
                server.connects = [
                    ServerFailure(
                        .connect,
                        code: 1040,
                        message: "Too many connections",
                        outcomeIsUnknown: false,
                        losesConnection: false
                    )
                ]
            }
            await bench.turn()
        }
        let line = bench.log.taken().first { $0.contains("Too many connections") }
        #expect(line?.hasPrefix("<4>server could not be looked at ") == true)
        #expect(line?.contains("cause=\"all of the server's max_connections are taken\"") == true)
        #expect(line?.contains("advice=") == true)
    }

    @Test func `a login that takes long where a look does not is told once`() async throws {
        let bench = try LoopBench()
        bench.server.change { $0.loginTime = .seconds(3) }
        try await bench.run {
            bench.server.change { $0.looks = [ServerFailure.lost] }
            await bench.turn()
            await bench.turn()
        }
        let lines = bench.log.taken().filter { $0.contains("logging in takes long") }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("login=\"3 s\"") == true)
    }
}
