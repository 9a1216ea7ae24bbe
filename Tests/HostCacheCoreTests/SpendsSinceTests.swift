import HostCacheCore
import TestSamples
import Testing

/// Since when what an address has spent has only grown.
@Suite struct SpendsSinceTests {
    private static let address = HostCacheRow.loadBalancer

    private func look(
        _ seconds: Int64,
        spent: UInt64,
        errors: UInt64,
        firstSeen: Int64? = 900,
        age: Int64? = 5000,
        isValidated: Bool = true
    ) -> Observation {
        let row = HostCacheRow.sample(
            spent: spent,
            handshakeErrors: errors,
            isValidated: isValidated,
            firstSeen: firstSeen,
            firstErrorAge: age.map { .seconds($0) }
        )
        return .sample(at: seconds, [row])
    }

    private func since(_ looks: [Observation]) -> Duration? {
        var tracker = RateTracker()
        for look in looks { tracker.take(look, span: .seconds(600)) }
        return tracker.spendsSince(Self.address)
    }

    @Test func `nothing is known at the first look, and the first error counts after it`() {
        let first = look(0, spent: 6, errors: 6)
        #expect(since([]) == nil)
        #expect(since([first]) == nil)
        #expect(since([first, look(30, spent: 12, errors: 12, age: 5030)]) == .seconds(-5000))
    }

    @Test(
        arguments: [
            // Falling, to zero, and hidden by as many new errors.
            (5, 11, true), (0, 6, true), (6, 12, true), (11, 18, true),
            // Every error that came is still spent.
            (12, 12, false), (6, 6, false),
        ] as [(UInt64, UInt64, Bool)]
    )
    func `a login starts it over, also where errors have come since`(
        spent: UInt64,
        errors: UInt64,
        startsOver: Bool
    ) {
        let looks = [look(0, spent: 6, errors: 6), look(30, spent: spent, errors: errors)]
        #expect(since(looks) == .seconds(startsOver ? 30 : -5000))
    }

    @Test func `it stays where it is while errors come, and where none come`() {
        let looks = [
            look(0, spent: 6, errors: 6), look(30, spent: 0, errors: 6), look(60, spent: 6, errors: 12),
            look(90, spent: 6, errors: 12), look(120, spent: 12, errors: 18),
        ]
        #expect(since(Array(looks.prefix(2))) == .seconds(30))
        #expect(since(looks) == .seconds(30))
    }

    @Test func `an address that is not validated has spent nothing`() {
        let looks = [
            look(0, spent: 6, errors: 6, isValidated: false),
            look(30, spent: 6, errors: 12, isValidated: false),
            look(60, spent: 12, errors: 18),
        ]
        #expect(since(looks) == .seconds(30))
    }

    @Test(arguments: [(10, 80), (30, 60), (31, 60), (nil, 60)] as [(Int64?, Int64)])
    func `a new row begins with its first error, and not before the look that had no such row`(
        age: Int64?,
        start: Int64
    ) {
        let new = look(90, spent: 6, errors: 6, firstSeen: 1070, age: age)
        #expect(since([.sample(at: 0), .sample(at: 60), new]) == .seconds(start))
        // After a flush, with more errors than before.
        let old = [look(0, spent: 5, errors: 5), look(60, spent: 5, errors: 5)]
        #expect(since(old + [new]) == .seconds(start))
        // After it was evicted.
        #expect(since([look(0, spent: 6, errors: 6), .sample(at: 60), new]) == .seconds(start))
    }

    @Test func `a row whose first look had no error begins with its first`() {
        let looks = [look(0, spent: 0, errors: 0, age: nil), look(30, spent: 6, errors: 6, age: 10)]
        #expect(since(looks) == .seconds(20))
    }

    @Test(arguments: [nil, 1, 90_000] as [Int64?])
    func `a server whose clock is set changes nothing`(age: Int64?) {
        let looks = [look(0, spent: 6, errors: 6, age: 100), look(30, spent: 12, errors: 12, age: age)]
        #expect(since(looks) == .seconds(-100))
    }
}
