import HostCacheCore
import TestSamples
import TestSupport
import Testing

/// A cache too large to be put in order whole.
struct FullCacheTests {
    /// Rows in a random order, with few different counts, so that addresses decide.
    private static func rows(_ count: Int, seed: UInt64) -> [HostCacheRow] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { number in
            HostCacheRow.sample(
                "10.0.\(number / 256).\(number % 256)",
                spent: UInt64.random(in: 0...3, using: &random)
            )
        }.shuffled(using: &random)
    }

    private static func hosts(_ rows: [HostCacheRow]) -> [HostCacheRow] {
        var controller = Controller(policy: Policy(), memory: Memory(), counters: Counters())
        let seen = Observation.sample(at: 0, rows)
        return controller.look(seen, interval: .seconds(30)).forecast.hosts.map(\.row)
    }

    private static func inOrder(_ rows: [HostCacheRow]) -> [HostCacheRow] {
        rows.sorted { ($1.spent, $0.address) < ($0.spent, $1.address) }
    }

    @Test(arguments: [1, 999, 1000, 1001, 1999, 2000, 2001, 5000] as [UInt64])
    func `has the thousand nearest to the block first, and every row once`(_ count: UInt64) {
        let rows = Self.rows(Int(count), seed: count)
        let hosts = Self.hosts(rows)
        #expect(Array(hosts.prefix(1000)) == Array(Self.inOrder(rows).prefix(1000)))
        #expect(Self.inOrder(hosts) == Self.inOrder(rows))
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `is measured by address, in whatever order the rows come`(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var rows = Self.rows(300, seed: seed)
        var tracker = RateTracker()
        let span = RateTracker.span(interval: .seconds(30))
        for index in rows.indices { rows[index].handshakeErrors = 1 }
        tracker.take(.sample(at: 1000, rows), span: span)
        for index in rows.indices { rows[index].handshakeErrors += UInt64(index) }
        let expected = Dictionary(uniqueKeysWithValues: rows.map { ($0.address, $0.handshakeErrors - 1) })
        // Another order, some without a row for a while.
        rows.shuffle(using: &random)
        let gone = Array(rows.suffix(20))
        rows.removeLast(20)
        tracker.take(.sample(at: 1500, rows), span: span)
        rows = (rows + gone).shuffled(using: &random)
        tracker.take(.sample(at: 1600, rows), span: span)
        for row in rows where !gone.contains(row) {
            let rate = tracker.sustained(row.address, at: .seconds(1600), span: span)
            #expect(rate == ErrorRate(errors: expected[row.address] ?? 0, per: .seconds(600)))
        }
        // A row that comes back is a new one, with all it holds.
        for row in gone {
            let rate = tracker.sustained(row.address, at: .seconds(1600), span: span)
            #expect(rate == ErrorRate(errors: row.handshakeErrors, per: .seconds(600)))
        }
    }
}
