import Daemon
import TestSupport
import Testing

struct WallClockTests {
    @Test(
        arguments: [
            (.zero, "1970-01-01T00:00:00.000Z"),
            (.milliseconds(1), "1970-01-01T00:00:00.001Z"),
            (.seconds(1_795_400_000) + .milliseconds(125), "2026-11-23T02:13:20.125Z"),
            (.seconds(1_795_400_000) + .milliseconds(999), "2026-11-23T02:13:20.999Z"),
            (.seconds(951_782_400), "2000-02-29T00:00:00.000Z"),
            (.seconds(253_402_300_799), "9999-12-31T23:59:59.000Z"),
        ] as [(Duration, String)]
    )
    func `a time is written to the millisecond and read back`(_ time: Duration, _ text: String) {
        #expect(WallClock.text(time) == text)
        #expect(WallClock.parse(text) == time)
    }

    @Test func `any millisecond survives the text`() {
        var random = SeededGenerator(seed: 1)
        for _ in 1...2000 {
            let time = Duration.milliseconds(Int64.random(in: 0...4_102_444_800_000, using: &random))
            #expect(WallClock.parse(WallClock.text(time)) == time)
        }
    }

    @Test(arguments: [
        "", "yesterday", "2026-11-23", "2026-13-01T00:00:00.000Z", "99999999999-01-01T00:00:00.000Z",
    ])
    func `anything else is no time`(text: String) {
        #expect(WallClock.parse(text) == nil)
    }

    @Test func `seconds for metrics keep their fraction`() {
        #expect(WallClock.seconds(.milliseconds(1500)) == 1.5)
        #expect(WallClock.seconds(.seconds(-2)) == -2)
    }
}
