import HostCacheCore
import TestSupport
import Testing

@Suite struct ErrorRateTests {
    @Test func `a rate needs a span of a microsecond`() {
        let spans: [Duration] = [.seconds(-1), .zero, .nanoseconds(999), .microseconds(1)]
        #expect(spans.map { ErrorRate(errors: 6, per: $0)?.errors } == [nil, nil, nil, 6])
    }

    @Test func `an interval below a microsecond counts as one`() throws {
        let shortest = try #require(ErrorRate(errors: 6, per: .microseconds(1)))
        for interval in [Duration.seconds(-1), .zero, .nanoseconds(999), .microseconds(1)] {
            #expect(ErrorRate(errors: 6, perHealthCheckInterval: interval) == shortest)
        }
    }

    @Test func `both ways to make a rate cut the span at the far future`() throws {
        for span in [Duration.farFuture, .farFuture + .seconds(1), .seconds(Int64.max) * 2] {
            let rate = ErrorRate(errors: 6, perHealthCheckInterval: span)
            #expect(rate == (try #require(ErrorRate(errors: 6, per: span))))
            #expect(rate.span == .farFuture)
        }
    }

    @Test func `six errors every 300 s are 72 an hour`() throws {
        let rate = ErrorRate(errors: 6, perHealthCheckInterval: .seconds(300))
        #expect(rate == (try #require(ErrorRate(errors: 72, per: .seconds(3600)))))
        #expect(rate.thousandths(per: .seconds(3600)) == 72_000)
        #expect(rate.description == "72 errors an hour")
        #expect(rate.span == .seconds(300))
    }

    @Test(
        arguments: [
            // The mission: 5000 / 72 = 69.44 h, half of it, and the default that blocks in under ten minutes.
            (errors: 6, interval: 300, count: 5000, seconds: 250_000),
            (errors: 6, interval: 300, count: 2500, seconds: 125_000),
            (errors: 6, interval: 30, count: 100, seconds: 500),
            (errors: 6, interval: 30, count: 0, seconds: 0),
            (errors: 0, interval: 30, count: 0, seconds: 0),
        ] as [(errors: UInt64, interval: Int64, count: UInt64, seconds: Int64)]
    )
    func `a count takes exactly its time`(
        _ row: (errors: UInt64, interval: Int64, count: UInt64, seconds: Int64)
    ) {
        let rate = ErrorRate(errors: row.errors, perHealthCheckInterval: .seconds(row.interval))
        #expect(rate.time(for: row.count) == .after(.seconds(row.seconds)))
    }

    @Test func `the times of the mission read as people say them`() {
        let slow = ErrorRate(errors: 6, perHealthCheckInterval: .seconds(300))
        let fast = ErrorRate(errors: 6, perHealthCheckInterval: .seconds(30))
        #expect(slow.time(for: 5000).description == "69 h 26 min 40 s")
        #expect(slow.time(for: 2500).description == "34 h 43 min 20 s")
        #expect(fast.time(for: 100).description == "8 min 20 s")
    }

    @Test func `without errors nothing is ever spent`() {
        let rate = ErrorRate(errors: 0, perHealthCheckInterval: .seconds(30))
        #expect(rate.time(for: 1) == .never)
        #expect(rate.time(for: .max) == .never)
        #expect(rate.thousandths(per: .seconds(3600)) == 0)
        #expect(rate.description == "0 errors an hour")
    }

    @Test func `the highest limits saturate at the far future`() {
        let slowest = ErrorRate(errors: 1, perHealthCheckInterval: .seconds(Int64.max))
        #expect(slowest.time(for: .max) == .after(.farFuture))
        let usual = ErrorRate(errors: 6, perHealthCheckInterval: .seconds(300))
        #expect(usual.time(for: .max) == .after(.farFuture))
        let fastest = ErrorRate(errors: .max, perHealthCheckInterval: .microseconds(1))
        #expect(fastest.time(for: .max) == .after(.microseconds(1)))
        #expect(fastest.time(for: .max - 1) == .after(.zero))
    }

    @Test(
        arguments: [
            (errors: 1, seconds: 3600, text: "1 error an hour"),
            (errors: 3, seconds: 7200, text: "1.5 errors an hour"),
            (errors: 1, seconds: 7_200_000, text: "0.001 errors an hour"),
            (errors: 599, seconds: 3600, text: "599 errors an hour"),
            (errors: 600, seconds: 3600, text: "10 errors a minute"),
            (errors: 59, seconds: 60, text: "59 errors a minute"),
            (errors: 3600, seconds: 3600, text: "1 error a second"),
            (errors: 45, seconds: 4, text: "11.25 errors a second"),
        ] as [(errors: UInt64, seconds: Int64, text: String)]
    )
    func `a rate is said in the unit that keeps the number small`(
        _ row: (errors: UInt64, seconds: Int64, text: String)
    ) throws {
        let rate = try #require(ErrorRate(errors: row.errors, per: .seconds(row.seconds)))
        #expect(rate.description == row.text)
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func `times agree with exact arithmetic and never trap`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let (errors, count) = (max(1, random.anyMagnitude()), random.anyMagnitude())
            let span = random.anyDuration()
            guard let rate = ErrorRate(errors: errors, per: span) else {
                #expect(span < .microseconds(1))
                continue
            }
            let microseconds = try #require(rate.time(for: count).duration).wholeMicroseconds
            let spanMicroseconds = UInt128(rate.span.wholeMicroseconds)
            let product = UInt128(count) * spanMicroseconds
            if microseconds == Duration.farFuture.wholeMicroseconds {
                #expect(product / UInt128(errors) >= UInt128(Int64.max))
            } else {
                // Rounded down: the remainder is what one more microsecond would not fit into.
                let exact = UInt128(microseconds) * UInt128(errors)
                #expect(exact <= product)
                #expect(product - exact < UInt128(errors))
            }
        }
    }

    @Test(arguments: [5, 6] as [UInt64])
    func `the window grows with the limit and shrinks with the rate`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let span = max(.microseconds(1), random.anyDuration())
            let limits = [random.anyMagnitude(), random.anyMagnitude()].sorted()
            let errors = [random.anyMagnitude(), random.anyMagnitude()].sorted()
            let slow = try #require(ErrorRate(errors: errors[0], per: span))
            let fast = try #require(ErrorRate(errors: errors[1], per: span))
            #expect(slow <= fast)
            #expect(slow.time(for: limits[0]) <= slow.time(for: limits[1]))
            #expect(fast.time(for: limits[0]) <= slow.time(for: limits[0]))
        }
    }

    @Test(arguments: [7, 8] as [UInt64])
    func `equal rates hash alike and the order is the order of the fractions`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let (errors, factor) = (random.next() >> 40, 1 + random.next() >> 44)
            let span = 1 + Int64(random.next() >> 44)
            let rate = try #require(ErrorRate(errors: errors, per: .microseconds(span)))
            let scaled = try #require(
                ErrorRate(errors: errors * factor, per: .microseconds(span * Int64(factor)))
            )
            #expect(rate == scaled)
            #expect(rate.hashValue == scaled.hashValue)
            #expect(!(rate < scaled) && !(scaled < rate))
            let more = try #require(ErrorRate(errors: errors * factor + 1, per: scaled.span))
            #expect(rate < more)
        }
    }

    @Test(arguments: [9, 10, 11] as [UInt64])
    func `thousandths are the nearest ones and never trap`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let (errors, asked) = (random.anyMagnitude(), random.anyDuration())
            let rate = ErrorRate(errors: errors, perHealthCheckInterval: random.anyDuration())
            let span = UInt128(rate.span.wholeMicroseconds)
            let wanted = UInt128(max(0, asked.wholeMicroseconds))
            let (high, low) = (UInt128(errors) * 1000).multipliedFullWidth(by: wanted)
            let found = UInt128(rate.thousandths(per: asked))
            guard high < span else {
                #expect(found == UInt128(UInt64.max))
                continue
            }
            let (quotient, remainder) = span.dividingFullWidth((high, low))
            let nearest = remainder >= span - remainder ? quotient.addingReportingOverflow(1).0 : quotient
            #expect(found == min(max(quotient, nearest), UInt128(UInt64.max)))
        }
    }

    @Test func `thousandths at the edge of 128 bits do not overflow`() throws {
        // 1000 x errors x span is the largest multiple of 1000 x 2^36 below 2^128.
        let rate = ErrorRate(errors: 1 << 36, perHealthCheckInterval: .farFuture)
        let wanted = UInt128.max / (UInt128(rate.errors) * 1000)
        let span = Duration.seconds(Int64(wanted / 1_000_000)) + .microseconds(Int64(wanted % 1_000_000))
        #expect(rate.thousandths(per: span) == .max)
    }
}
