import HostCacheCore
import Testing

@Suite struct DurationMicrosecondsTests {
    @Test(
        arguments: [
            (.zero, 0),
            (.nanoseconds(999), 0),
            (.nanoseconds(-999), 0),
            (.nanoseconds(1001), 1),
            (.nanoseconds(-1001), -1),
            (.seconds(-1), -1_000_000),
            (.seconds(Int64.max), Int128(Int64.max) * 1_000_000),
            (.seconds(Int64.max) * 2, Int128(Int64.max) * 2_000_000),
        ] as [(Duration, Int128)]
    )
    func `microseconds are whole and rounded toward zero`(duration: Duration, microseconds: Int128) {
        #expect(duration.wholeMicroseconds == microseconds)
    }

    @Test func `a duration made of too many microseconds is the far future`() {
        #expect(Duration(wholeMicroseconds: .max) == .farFuture)
        #expect(Duration(wholeMicroseconds: Int128(Int64.max)) == .farFuture)
        #expect(Duration(wholeMicroseconds: Int128(Int64.max) - 1) == .farFuture - .microseconds(1))
        #expect(Duration(wholeMicroseconds: .min) == .microseconds(Int64.min))
    }

    @Test func `whole seconds are rounded toward zero and saturate`() {
        let durations: [Duration] = [
            .milliseconds(1999), .milliseconds(-1999), .seconds(Int64.max) * 2, .seconds(Int64.min) * 2,
        ]
        #expect(durations.map(\.wholeSeconds) == [1, -1, .max, .min])
    }
}
