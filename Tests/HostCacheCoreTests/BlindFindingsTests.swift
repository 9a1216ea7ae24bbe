import HostCacheCore
import TestSamples
import Testing

struct BlindFindingsTests {
    /// Judges one look at a MariaDB that shows nothing.
    private func findings(spent: UInt64, limit: UInt64, wanted: UInt64 = 5000) -> [Finding] {
        var policy = Policy.sample()
        policy.wantedLimit = wanted
        let look = Observation.sample(
            .sample(.mariadb, performanceSchema: false, limit: limit),
            abortedConnects: spent
        )
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        return controller.look(look, interval: .seconds(30))
            .findings(look, policy: policy, interval: .seconds(30))
    }

    @Test(
        arguments: [
            (99, 100, nil), (100, 100, .critical), (101, 100, .critical), (4999, 5000, nil),
            (5000, 5000, .critical),
        ] as [(UInt64, UInt64, Finding.Level?)]
    )
    func `an address may be blocked from the limit on`(spent: UInt64, limit: UInt64, level: Finding.Level?) {
        let found = findings(spent: spent, limit: limit)
        #expect(found.first { $0.code == .mayBeBlocked }?.level == level)
        #expect(found.contains { $0.code == .hostNearLimit } == (level == nil))
        if level != nil { #expect(found.first?.code == .mayBeBlocked) }
    }

    @Test func `raising comes first, above what may be spent, and never a restart`() {
        #expect(
            findings(spent: 120, limit: 100).first
                == Finding(
                    .mayBeBlocked,
                    .critical,
                    "an address may be blocked NOW: up to 120 errors are one address's, the limit is 100, and the "
                        + "host cache cannot be seen",
                    why:
                        "no address has more than that, by the errors of the whole server since the last flush "
                        + "that is known; a blocked one gets error 1129 at every login",
                    fixes: [
                        Finding.Fix(.sql, "SET GLOBAL max_connect_errors = 5000;", .now),
                        Finding.Fix(.sql, "FLUSH NO_WRITE_TO_BINLOG HOSTS;", .now),
                    ]
                )
        )
        #expect(
            findings(spent: 6000, limit: 5000).first?.fixes.first
                == Finding.Fix(.sql, "SET GLOBAL max_connect_errors = 12000;", .now)
        )
    }

    @Test(arguments: [(0, 5000), (0, 100), (60, 100), (120, 100), (2500, 5000)] as [(UInt64, UInt64)])
    func `what is done first is never a restart`(spent: UInt64, limit: UInt64) {
        for finding in findings(spent: spent, limit: limit) where finding.level > .warning {
            #expect(finding.fixes.first?.effect == .now, "\(finding.code)")
        }
    }
}
