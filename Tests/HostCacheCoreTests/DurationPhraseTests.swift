import HostCacheCore
import TestSupport
import Testing

@Suite struct DurationPhraseTests {
    @Test(
        arguments: [
            (.zero, "0 s"),
            (.microseconds(999), "0 s"),
            (.milliseconds(1), "1 ms"),
            (.milliseconds(250), "250 ms"),
            (.milliseconds(999), "999 ms"),
            (.seconds(1), "1 s"),
            (.milliseconds(1999), "1 s"),
            (.seconds(59), "59 s"),
            (.seconds(60), "1 min"),
            (.seconds(500), "8 min 20 s"),
            (.seconds(3600), "1 h"),
            (.seconds(3601), "1 h 1 s"),
            (.seconds(125_000), "34 h 43 min 20 s"),
            (.seconds(250_000), "69 h 26 min 40 s"),
            (.seconds(96 * 3600 - 1), "95 h 59 min 59 s"),
            (.seconds(96 * 3600), "4 d"),
            (.seconds(97 * 3600 + 120), "4 d 1 h 2 min"),
            (.seconds(10 * 31_556_952 - 1), "3652 d 10 h 11 min"),
            (.seconds(10 * 31_556_952), "10 years"),
            (.seconds(-500), "-8 min 20 s"),
            (.milliseconds(-250), "-250 ms"),
            (.microseconds(-1), "0 s"),
            (.farFuture - .seconds(1), "292277 years"),
            (.farFuture, "more than 292000 years"),
            (.seconds(Int64.max), "more than 292000 years"),
        ] as [(Duration, String)]
    )
    func `a duration reads as people say it`(duration: Duration, text: String) {
        #expect(duration.phrase == text)
    }

    @Test func `at most three units are said`() {
        #expect(Duration.seconds(97 * 3600 + 123).phrase == "4 d 1 h 2 min")
        #expect(Duration.seconds(97 * 3600 + 3).phrase == "4 d 1 h 3 s")
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `no duration traps`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let duration = random.anyDuration()
            #expect(duration.phrase.hasPrefix("-") == (duration <= .milliseconds(-1)))
        }
        for extreme in [Duration.seconds(Int64.min), .seconds(Int64.max) * 2, .seconds(Int64.min) * 2] {
            #expect(extreme.phrase.hasSuffix("more than 292000 years"))
        }
    }
}
