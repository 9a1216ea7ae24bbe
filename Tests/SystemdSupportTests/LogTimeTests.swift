import Logging
import SystemdSupport
import Testing

@Suite struct LogTimeTests {
    @Test(
        arguments: [
            (.zero, "1970-01-01T00:00:00.000Z"),
            (.milliseconds(999) + .nanoseconds(999_999), "1970-01-01T00:00:00.999Z"),
            (.seconds(951_782_400), "2000-02-29T00:00:00.000Z"),
            (.seconds(4_107_542_399), "2100-02-28T23:59:59.000Z"),
            (.milliseconds(-1), "1969-12-31T23:59:59.999Z"),
            (.seconds(-1), "1969-12-31T23:59:59.000Z"),
            (.seconds(Int64.max), "@9223372036854775807"),
        ] as [(Duration, String)]
    )
    func `time is written in UTC with milliseconds`(_ time: Duration, _ text: String) {
        let lines = LogLines()
        let handler = LineLogHandler(
            format: .text,
            level: .info,
            sink: lines.append,
            now: { time }
        )
        Logger(label: "hostcached", factory: { _ in handler }).info("x")
        #expect(lines.all == ["\(text) info x"])
    }

    @Test func `the system's clock is past the day this was written`() {
        #expect(LogTime.now() > .seconds(1_763_856_000))
    }
}
