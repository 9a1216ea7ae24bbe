import Daemon
import HostCacheCore
import TestSamples
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct ExposureTests {
    private static let visible = ServerSettings.sample()
    private static let blind = ServerSettings.sample(.mariadb, performanceSchema: false, limit: 5000)
    private static let off = ServerSettings.sample(hostCacheSize: 0)
    private static let unresolved = ServerSettings.sample(skipNameResolve: true)

    private static let blindLine =
        "<4>the host cache cannot be seen, flushes go by the clock advice=\"performance_schema = ON in my.cnf "
        + "shows it from the server's next restart on\" limit=5000 reason=\"performance_schema is OFF\" server=orders version=\"MariaDB 10.11.19\""
    private static let visibleLine =
        "<5>the host cache can be seen, and the server blocks hosts limit=5000 server=orders "
        + "version=\"MySQL 9.7.4\""

    private static func cannotBlock(_ setting: String) -> String {
        "<5>this server cannot block anyone reason=\"\(setting)\" server=orders"
    }

    @Test(
        arguments: [
            ([visible, visible], []),
            ([blind, blind], [blindLine]),
            ([off, off, visible, visible], [cannotBlock("host_cache_size = 0"), visibleLine]),
            ([visible, off, visible], [cannotBlock("host_cache_size = 0"), visibleLine]),
            (
                [off, unresolved, blind],
                [cannotBlock("host_cache_size = 0"), cannotBlock("skip_name_resolve = ON"), blindLine]
            ),
        ] as [([ServerSettings], [String])]
    )
    func `each change of exposure is told once`(settings: [ServerSettings], lines: [String]) async throws {
        let bench = try LoopBench(.sample(), settings[0])
        try await bench.run {
            for next in settings.dropFirst() {
                bench.server.change { $0.settings = next }
                await bench.turn()
                await bench.turn()
            }
        }
        let told = bench.log.taken().filter { $0.contains("host cache ca") || $0.contains("cannot block") }
        #expect(told == lines)
    }

    private static func blindBench(after first: LoopBench? = nil) throws -> LoopBench {
        try LoopBench(
            .sample { $0.raiseWith = .never },
            .sample(.mariadb, performanceSchema: false, limit: 100),
            folder: first?.folder
        )
    }

    @Test func `a restarted daemon goes on with what was spent on a blind server`() async throws {
        let first = try Self.blindBench()
        first.server.change { $0.abortedConnects = 50 }
        try await first.run {
            first.server.change { $0.abortedConnects = 70 }
            await first.turn()
        }
        #expect(first.server.takenCalls().filter { $0.hasPrefix("FLUSH") }.count == 1)
        #expect(first.status?.look?.errorBound == 20)

        let second = try Self.blindBench(after: first)
        second.clock.advance(by: first.clock.now.offset)
        second.server.change { $0.abortedConnects = 99 }
        try await second.run {
            #expect(second.status?.look?.errorBound == 49)
            #expect(second.server.takenCalls() == ["connect", "look"])
            // Fifty are half of the limit, and the gap of a minute is over.
            await second.turns(until: first.clock.now.offset + .seconds(60))
            second.server.change { $0.abortedConnects = 100 }
            await second.turn()
            #expect(second.server.takenCalls().filter { $0.hasPrefix("FLUSH") }.count == 1)
        }
        #expect(second.status?.counters.flushes == [.budget: 2])
    }

    @Test func `a FLUSH by somebody else is told once and taken for nothing`() async throws {
        let bench = try LoopBench(.sample(), Self.blind)
        bench.server.change { $0.flushCommands = 7 }
        try await bench.run {
            for _ in 1...3 {
                bench.server.change { server in
                    server.flushCommands += 1
                    server.abortedConnects += 5
                }
                await bench.turn()
            }
        }
        #expect(bench.status?.look?.errorBound == 15)
        #expect(bench.status?.lastFlush == nil)
        let told = bench.log.taken().filter { $0.contains("FLUSH statements") }
        #expect(
            told == [
                "<6>somebody else sends FLUSH statements, of the host cache or of something else advice=\"they are "
                    + "not taken as flushes: nothing shows what they flush\" server=orders"
            ]
        )
    }
}
