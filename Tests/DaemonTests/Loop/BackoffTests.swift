import Daemon
import TestSupport
import Testing

struct BackoffTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func `each wait is between half and all of a time that doubles up to the longest`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var backoff = Backoff(shortest: .seconds(1), longest: .seconds(30))
        for full in [1, 2, 4, 8, 16, 30, 30] {
            let wait = backoff.next(using: &random)
            #expect((.milliseconds(500 * full)...Duration.seconds(full)).contains(wait))
        }
        backoff.reset()
        #expect((.milliseconds(500)...Duration.seconds(1)).contains(backoff.next(using: &random)))
    }

    @Test func `both ends are reached, and nothing between them is left out`() {
        var random = SeededGenerator(seed: 7)
        var backoff = Backoff(shortest: .seconds(1), longest: .seconds(1))
        let waits = Set((1...20_000).map { _ in backoff.next(using: &random) })
        #expect(waits == Set((500...1000).map { Duration.milliseconds($0) }))
    }
}
