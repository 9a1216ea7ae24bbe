import Glibc

/// The time of day, as a duration since 1970-01-01 00:00 UTC, and how AWS and HTTP write it.
package enum WallTime {
    /// The system's clock.
    package static func now() -> Duration {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
    }

    /// The time of a text such as `20150830T123600Z`, nil when it is none.
    static func parse(amzDate text: String) -> Duration? {
        let digits = Array(text.utf8)
        guard digits.count == 16 else { return nil }
        func number(_ range: Range<Int>) -> Int32 {
            // What is no number makes another text than this below.
            Int32(String(decoding: digits[range], as: UTF8.self)) ?? 0
        }
        var parts = tm()
        parts.tm_year = number(0..<4) - 1900
        parts.tm_mon = number(4..<6) - 1
        parts.tm_mday = number(6..<8)
        parts.tm_hour = number(9..<11)
        parts.tm_min = number(11..<13)
        parts.tm_sec = number(13..<15)
        let time = Duration.seconds(timegm(&parts))
        // timegm(3) takes the 31st of February for the 3rd of March.
        return self.text(time, "%Y%m%dT%H%M%SZ") == text ? time : nil
    }

    /// The time as the `Date` header has it: `Sun, 30 Aug 2015 12:36:00 GMT`.
    ///
    /// In English, since the tests set no locale.
    static func httpDate(_ time: Duration) -> String {
        text(time, "%a, %d %b %Y %H:%M:%S GMT")
    }

    private static func text(_ time: Duration, _ format: String) -> String {
        var seconds = time_t(time.components.seconds)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 64)
        let count = strftime(&text, text.count, format, &parts)
        return String(decoding: text.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
