import HostCacheCore
import TestSamples
import TestSupport
import Testing

/// Which errors come as evenly as a health check's.
@Suite struct CadenceTests {
    private static let address = "10.9.9.9"

    /// How many looks it takes until errors at these moments are even; nil when they never are.
    private func looksUntilEven(_ errors: [Int], every look: Int, looks: Int) -> Int? {
        var tracker = RateTracker()
        for number in 0...looks {
            let now = number * look
            let count = UInt64(errors.prefix { $0 <= now }.count)
            tracker.take(
                .sample(at: Int64(now), [.sample(Self.address, spent: count)]),
                span: .seconds(600)
            )
            if tracker.isEven(Self.address, at: .seconds(now)) { return number }
        }
        return nil
    }

    /// Errors of a check that opens so many connections, spread over its first seconds.
    private func checks(_ connections: Int, every interval: Int, from begin: Int = 3) -> [Int] {
        (0..<2000).flatMap { check in
            (0..<connections).map { begin + check * interval + $0 % min(4, interval) }
        }.sorted()
    }

    @Test(
        arguments: [
            // One error a check, or bursts; looks that are shorter than, as long as, and longer than the interval.
            (1, 30, 30, 33), (6, 30, 30, 33), (6, 30, 5, 90), (6, 10, 30, 33), (2, 5, 30, 33), (1, 5, 1, 315),
            (6, 300, 30, 135), (6, 300, 300, 33),
        ]
    )
    func `health checks are even within thirty looks of them, or twelve of them`(
        connections: Int,
        interval: Int,
        look: Int,
        latest: Int
    ) throws {
        let found = try #require(
            looksUntilEven(checks(connections, every: interval), every: look, looks: latest)
        )
        #expect(found * look >= 300)
    }

    @Test(arguments: 0..<10 as Range<UInt64>)
    func `errors at random are not`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for mean in [3, 15, 60, 600] {
            let errors = (0..<(20_000 / mean)).map { _ in Int.random(in: 0..<20_000, using: &random) }
                .sorted()
            #expect(looksUntilEven(errors, every: 30, looks: 600) == nil, "one in \(mean) s")
        }
    }

    @Test func `twelve errors are too few, and silence ends it`() {
        let errors = checks(1, every: 30)
        #expect(looksUntilEven(Array(errors.prefix(12)), every: 5, looks: 300) == nil)
        var tracker = RateTracker()
        var even: [Int] = []
        for now in stride(from: 0, through: 900, by: 5) {
            let count = UInt64(errors.prefix(14).prefix { $0 <= now }.count)
            tracker.take(.sample(at: Int64(now), [.sample(Self.address, spent: count)]), span: .seconds(600))
            if tracker.isEven(Self.address, at: .seconds(now)) { even.append(now) }
        }
        // The last error is made at 393 s and seen at 395.
        #expect(even.first == 395 - 30)
        #expect(even.last == 395 + 60)
    }
}
