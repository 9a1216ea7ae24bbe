import HostCacheCore
import TestSamples
import Testing

@Suite struct HostCacheRowTests {
    @Test(arguments: [(99, false), (100, true), (101, true)] as [(UInt64, Bool)])
    func `a host is blocked from the limit on`(spent: UInt64, isBlocked: Bool) {
        #expect(HostCacheRow.sample(spent: spent).isBlocked(limit: 100) == isBlocked)
    }

    @Test func `the highest limit blocks at the highest count only`() {
        #expect(!HostCacheRow.sample(spent: .max - 1).isBlocked(limit: .max))
        #expect(HostCacheRow.sample(spent: .max).isBlocked(limit: .max))
    }

    @Test func `a host that is not validated has spent nothing and is not blocked`() {
        let row = HostCacheRow.sample(spent: 100, isValidated: false)
        #expect(row.spent == 0)
        #expect(!row.isBlocked(limit: 1))
        #expect(HostCacheRow.sample(spent: 100).spent == 100)
    }

    @Test func `a blind server is judged by all its aborted connections`() {
        let seen = Observation.sample(at: 20, settings: .sample(.mariadb), abortedConnects: 90)
        let row = seen.blindRow(spent: 40, arrived: 90)
        #expect(
            row
                == HostCacheRow(
                    address: "*",
                    name: nil,
                    isValidated: true,
                    connectErrors: 40,
                    handshakeErrors: 90,
                    blockedConnections: 0,
                    firstSeenSecond: nil,
                    firstErrorAge: .seconds(10_020),
                    lastErrorAge: nil
                )
        )
        #expect(row.standsForAnyHost)
        #expect(seen.blindRow(spent: 0, arrived: 90).firstErrorAge == nil)
        #expect(!HostCacheRow.sample().standsForAnyHost)
    }
}
