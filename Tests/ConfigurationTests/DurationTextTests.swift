import Configuration
import TestSupport
import Testing

@Suite struct DurationTextTests {
    @Test(
        arguments: [
            ("250ms", .milliseconds(250)), ("0s", .zero), ("5s", .seconds(5)), ("90s", .seconds(90)),
            ("007s", .seconds(7)), ("10m", .seconds(600)), ("1h", .seconds(3600)),
            ("1h30m", .seconds(5400)), ("1m250ms", .milliseconds(60_250)),
            ("1h1m1s1ms", .milliseconds(3_661_001)), ("9223372036854775807ms", .milliseconds(Int64.max)),
        ] as [(String, Duration)]
    )
    func `reads whole numbers with units`(_ text: String, _ duration: Duration) {
        #expect(DurationText.parse(text) == duration)
    }

    @Test(
        arguments: [
            "", " ", "5", "s", "ms", "5 parsecs", "5 s", " 5s", "5s ", "+5s", "-5s", "1.5s", "1e3s", "5S",
            "5sec", "1d", "30m1h", "1s1s", "1ms1s", "1h30", "٣s", "5s\n", "5\u{0}s", "0x5s", "s5", "1hm",
            "9223372036854775808ms", "9223372036854776s", "9223372036854775807ms1s",
            "9223372036854775s808ms", "99999999999999999999h",
        ]
    )
    func `refuses everything else`(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(
        arguments: [
            (.zero, "0s"), (.seconds(30), "30s"), (.seconds(300), "300s"), (.milliseconds(999), "999ms"),
            (.milliseconds(1500), "1500ms"), (.microseconds(1999), "1ms"), (.seconds(-3), "-3s"),
            (.milliseconds(-1500), "-1500ms"),
        ] as [(Duration, String)]
    )
    func `prints seconds or milliseconds`(_ duration: Duration, _ text: String) {
        #expect(DurationText.print(duration) == text)
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `reads back what it prints`(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<1000 {
            let duration = Duration.milliseconds(Int64.random(in: 0...Int64.max, using: &random))
            #expect(DurationText.parse(DurationText.print(duration)) == duration)
        }
    }
}
