import HostCacheCore
import TestSupport
import Testing

@Suite struct ShareTests {
    @Test func `a share is at most the whole`() {
        #expect(
            ([0, 999, 1000, 1001, .max] as [UInt16]).map { Share(thousandths: $0)?.thousandths }
                == [0, 999, 1000, nil, nil]
        )
    }

    @Test func `half the window of the mission is 34 h 43 min 20 s`() {
        #expect(Share.half.of(.seconds(250_000)) == .seconds(125_000))
        #expect(Share.half.of(.seconds(250_000)).phrase == "34 h 43 min 20 s")
        #expect(Share.half == Share(thousandths: 500))
    }

    @Test(
        arguments: [
            (thousandths: 500, whole: 5000, part: 2500),
            (thousandths: 500, whole: 5001, part: 2501),
            (thousandths: 500, whole: 1, part: 1),
            (thousandths: 50, whole: 100, part: 5),
            (thousandths: 50, whole: 101, part: 6),
            (thousandths: 1, whole: 1, part: 1),
            (thousandths: 0, whole: .max, part: 0),
            (thousandths: 1000, whole: .max, part: .max),
            (thousandths: 500, whole: .max, part: 1 << 63),
            (thousandths: 500, whole: 0, part: 0),
        ] as [(thousandths: UInt16, whole: UInt64, part: UInt64)]
    )
    func `the share of a count is rounded up`(
        _ row: (thousandths: UInt16, whole: UInt64, part: UInt64)
    ) throws {
        let share = try #require(Share(thousandths: row.thousandths))
        #expect(share.of(row.whole) == row.part)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `the share of a duration is exact to a microsecond`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2000 {
            let share = try #require(Share(thousandths: .random(in: 0...1000, using: &random)))
            let whole = random.anyDuration()
            let exact = whole.wholeMicroseconds * Int128(share.thousandths) / 1000
            let furthest = Duration.farFuture.wholeMicroseconds
            #expect(share.of(whole).wholeMicroseconds == min(max(exact, -furthest - 1), furthest))
        }
    }

    @Test func `shares are ordered by size`() throws {
        let (less, more) = (try #require(Share(thousandths: 499)), try #require(Share(thousandths: 501)))
        #expect([more, .half, less].sorted() == [less, .half, more])
    }

    @Test(
        arguments: [(0, "0%"), (50, "5%"), (125, "12.5%"), (500, "50%"), (1000, "100%")] as [(UInt16, String)]
    )
    func `a share reads as a percentage`(thousandths: UInt16, text: String) {
        #expect(Share(thousandths: thousandths)?.description == text)
    }
}
