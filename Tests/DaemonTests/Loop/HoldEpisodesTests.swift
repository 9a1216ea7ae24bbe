import Daemon
import HostCacheCore
import TestSamples
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct HoldEpisodesTests {
    private static let blocked = HostCacheRow.sample(spent: 100, firstErrorAge: .seconds(400))

    /// How often a hold is told while the address is blocked at these seconds, and free between them.
    private func holds(blockedAt moments: [Int64]) async throws -> Int {
        let bench = try LoopBench(
            .sample { policy in
                policy.raiseWith = .never
                policy.guardRails.maxFlushesPerHour = 3600
            },
            .sample(limit: 100)
        )
        try await bench.run {
            for moment in moments {
                await bench.turns(until: .seconds(moment))
                bench.server.change { $0.rows = [Self.blocked] }
                await bench.turn()
            }
            await bench.turns(until: .seconds((moments.last ?? 0) + 120))
        }
        return bench.log.taken().count { $0.contains("a guard rail holds a flush that is due") }
    }

    @Test func `a steady load is one episode, however often the rail holds`() async throws {
        #expect(try await holds(blockedAt: [30, 60, 120, 180, 240, 300]) == 1)
    }

    @Test func `a flush that nothing held ends the episode`() async throws {
        // Flushed at once, held, flushed; long after that flushed at once again, and held again.
        #expect(try await holds(blockedAt: [30, 60, 900, 930]) == 2)
    }

    @Test(arguments: [(3600, false), (3601, true)] as [(Int64, Bool)])
    func `an hour without a hold ends it too`(pause: Int64, isNew: Bool) {
        var holds = HoldEpisodes()
        let told = [
            holds.hold(.gap, at: .zero), holds.hold(.gap, at: .seconds(10)),
            holds.hold(.cap, at: .seconds(10)),
            holds.hold(.gap, at: .seconds(10 + pause)),
        ]
        #expect(told == [true, false, true, isNew])
    }
}
