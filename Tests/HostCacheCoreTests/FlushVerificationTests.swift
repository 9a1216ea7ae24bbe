import HostCacheCore
import TestSamples
import Testing

@Suite struct FlushVerificationTests {
    private let before = HostCacheRow.sample(spent: 50, handshakeErrors: 80, firstSeen: 1000)

    private func outcome(
        _ after: [HostCacheRow],
        before: [HostCacheRow]? = nil,
        isVisible: Bool = true
    ) -> FlushOutcome {
        FlushOutcome(
            before: before ?? [self.before],
            after: after,
            flushSecond: 2000,
            isVisible: isVisible
        )
    }

    @Test func `a row that is gone was flushed`() {
        #expect(outcome([]) == .verified)
        #expect(outcome([.sample("10.0.9.9", spent: 4000)]) == .verified)
    }

    @Test(
        arguments: [(79, .verified), (80, .failed(["10.0.1.23"])), (81, .failed(["10.0.1.23"]))]
            as [(UInt64, FlushOutcome)]
    )
    func `a row with a lower counter was flushed`(errors: UInt64, expected: FlushOutcome) {
        #expect(outcome([.sample(spent: 0, handshakeErrors: errors)]) == expected)
    }

    @Test(
        arguments: [(1999, .failed(["10.0.1.23"])), (2000, .verified), (2001, .verified)]
            as [(Int64, FlushOutcome)]
    )
    func `a row first seen since the flush's second was flushed`(firstSeen: Int64, expected: FlushOutcome) {
        #expect(outcome([.sample(spent: 90, firstSeen: firstSeen)]) == expected)
    }

    @Test(
        arguments: [(1999, .verified), (2000, .failed(["10.0.1.23"])), (2001, .verified)]
            as [(Int64, FlushOutcome)]
    )
    func `a row that began in the flush's own second is told by its own FIRST_SEEN`(
        firstSeen: Int64,
        expected: FlushOutcome
    ) {
        let young = HostCacheRow.sample(spent: 50, firstSeen: firstSeen)
        #expect(outcome([.sample(spent: 50, firstSeen: 2000)], before: [young]) == expected)
    }

    @Test func `an unknown FIRST_SEEN proves nothing`() {
        #expect(outcome([.sample(spent: 90, firstSeen: nil)]) == .failed(["10.0.1.23"]))
    }

    @Test func `a login that zeroed the counter is no flush`() {
        #expect(outcome([.sample(spent: 0, handshakeErrors: 80)]) == .failed(["10.0.1.23"]))
    }

    @Test func `every row must be flushed`() {
        let rows = ["10.0.1.23", "10.0.2.23", "10.0.3.23"].map { HostCacheRow.sample($0, spent: 50) }
        #expect(outcome([rows[1]], before: rows) == .failed(["10.0.2.23"]))
        #expect(outcome(rows, before: rows) == .failed(rows.map(\.address)))
    }

    @Test func `an empty table before proves nothing against it`() {
        #expect(outcome([.sample(spent: 1)], before: []) == .verified)
    }

    @Test func `what cannot be seen is unverified, whatever was read`() {
        #expect(outcome([], isVisible: false) == .unverified)
        #expect(outcome([before], isVisible: false) == .unverified)
    }
}
