import HostCacheCore
import TestSamples
import Testing

@Suite struct MissingPrivilegeTests {
    private typealias Purpose = MissingPrivilege.Purpose

    /// A look by an account with these answers.
    private func look(
        see: Bool? = true,
        truncate: Bool? = true,
        flush: Bool? = true,
        raise: Bool? = true,
        settings: ServerSettings = .sample(limit: 100),
        rows: [HostCacheRow] = [],
        at seconds: Int64 = 0
    ) -> Observation {
        var seen = Observation.sample(at: seconds, rows, settings: settings, abortedConnects: 7)
        seen.privileges.account = Account(user: "watch", host: "10.0.%")
        seen.privileges.maySee = see
        seen.privileges.mayTruncate = truncate
        seen.privileges.mayFlush = flush
        seen.privileges.mayRaise = raise
        return seen
    }

    private func policy(_ change: (inout Policy) -> Void = { _ in }) -> Policy {
        var policy = Policy()
        policy.isEnforcing = true
        change(&policy)
        return policy
    }

    @Test func `the narrowest grant for flavour and version is named`() {
        let nothing = { look(see: false, truncate: false, flush: false, raise: false, settings: $0) }
        let grants = { (settings: ServerSettings) in
            policy().missing(from: nothing(settings)).map { $0.grant.sql(to: "'a'@'%'") }
        }
        let see = "GRANT SELECT ON performance_schema.host_cache TO 'a'@'%'"
        let admin = "GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO 'a'@'%'"
        #expect(grants(.sample()) == [see, admin, admin])
        #expect(
            grants(.sample(.mariadb)) == [
                see, "GRANT RELOAD ON *.* TO 'a'@'%'", "GRANT CONNECTION ADMIN ON *.* TO 'a'@'%'",
            ]
        )
        #expect(
            grants(.sample(.mysql(5, 7, 44), performanceSchema: false)) == [
                see, "GRANT SUPER ON *.* TO 'a'@'%'", "GRANT SUPER ON *.* TO 'a'@'%'",
            ]
        )
    }

    @Test func `where nothing is to be raised, flushing needs no privilege for that`() {
        let grants = { (settings: ServerSettings) in
            policy { $0.raiseWith = .never }
                .missing(from: look(truncate: false, flush: false, raise: false, settings: settings))
                .map { $0.grant.description }
        }
        #expect(grants(.sample()) == ["DROP on performance_schema.host_cache"])
        #expect(grants(.sample(.mysql(8, 0, 43), performanceSchema: false)) == ["RELOAD"])
    }

    @Test(arguments: [ServerVersion.mariadb, .mysql80])
    func `on a node of a cluster where only TRUNCATE is allowed, RELOAD is missing`(version: ServerVersion) {
        var settings = ServerSettings.sample(version, limit: 100)
        settings.isGalera = true
        let seen = look(flush: false, raise: false, settings: settings)
        var controller = Controller(policy: policy(), memory: Memory(), counters: Counters())
        let finding = controller.look(seen, interval: .seconds(300))
            .findings(seen, policy: policy(), interval: .seconds(300)).first { $0.code == .cannotFlush }
        #expect(finding?.title == "the account may not flush the host cache: RELOAD is missing")
        #expect(
            finding?.why
                == "only a higher limit keeps hosts from being blocked; TRUNCATE, which it may send, is never sent to "
                + "a node of a cluster: it would be replicated"
        )
    }

    @Test(
        arguments: [
            (true, true, []), (nil, nil, []), (false, nil, []), (nil, false, []), (false, true, []),
            (true, false, []), (false, false, [.flush]),
        ] as [(Bool?, Bool?, [MissingPrivilege.Purpose])]
    )
    func `flushing is missing only where every statement is known to be refused`(
        truncate: Bool?,
        flush: Bool?,
        missing: [MissingPrivilege.Purpose]
    ) {
        let seen = look(truncate: truncate, flush: flush, raise: false, settings: .sample(.mysql(8, 0, 44)))
        #expect(policy().missing(from: seen).map(\.purpose).filter { $0 != .raise } == missing)
    }

    @Test func `what the policy does not want is not missing, and observe needs to see only`() {
        let seen = look(see: false, truncate: false, flush: false, raise: false)
        let wanted = { (policy: Policy) in policy.missing(from: seen).map(\.purpose) }
        #expect(wanted(policy { $0.actions = [.raise] }) == [.see, .raise])
        #expect(wanted(policy { $0.actions = [.flush] }) == [.see, .flush])
        #expect(wanted(policy { $0.raiseWith = .never }) == [.see, .flush])
        let needed = policy { $0.isEnforcing = false }.missing(from: seen).filter(\.isNeeded)
        #expect(needed.map(\.purpose) == [.see])
    }

    @Test(arguments: [(4999, true), (5000, false), (5001, false)] as [(UInt64, Bool)])
    func `to raise is needed where the limit is below what is wanted`(_ limit: UInt64, _ isNeeded: Bool) {
        let seen = look(raise: false, settings: .sample(limit: limit))
        #expect(policy().missing(from: seen).map(\.isNeeded) == [isNeeded])
    }

    @Test func `a server that cannot block needs nothing`() {
        let seen = look(see: false, flush: false, settings: .sample(skipNameResolve: true))
        #expect(policy().missing(from: seen) == [])
    }

    @Test func `rows that may not be read make a server blind, never healthy`() {
        #expect(look(see: false).exposure == .blind)
        #expect(look(see: nil).exposure == .visible)
        #expect(
            look(see: false, settings: .sample(hostCacheSize: 0)).exposure == .cannotBlock(.hostCacheSizeZero)
        )
        var controller = Controller(policy: policy(), memory: Memory(), counters: Counters())
        let assessment = controller.look(look(see: false), interval: .seconds(300))
        #expect(assessment.forecast.hosts.map(\.row.standsForAnyHost) == [true])
        #expect(assessment.forecast.mostSpent == 7)
    }

    @Test func `without a privilege the other action is taken`() {
        let blocked = [HostCacheRow.sample(spent: 100)]
        let decide = { (seen: Observation) in
            var controller = Controller(policy: policy(), memory: Memory(), counters: Counters())
            let assessment = controller.look(seen, interval: .seconds(300))
            return (assessment.decision, assessment.suppressed)
        }
        let flushOnly = decide(look(raise: false, rows: blocked))
        #expect(flushOnly.0 == .flush([.truncate], .blocked))
        #expect(flushOnly.1 == [Suppression(.raise, .privilege)])
        let raiseOnly = decide(look(truncate: false, flush: false, rows: blocked))
        #expect(raiseOnly.0 == .raise(.persist, to: 5000))
        let nothing = decide(look(truncate: false, flush: false, raise: false, rows: blocked))
        #expect(nothing.0 == .hold)
        #expect(nothing.1 == [Suppression(.raise, .privilege), Suppression(.flush, .privilege)])
        let unknown = decide(look(truncate: nil, flush: nil, raise: nil, rows: blocked))
        #expect(unknown.0 == .raise(.persist, to: 5000))
    }

    @Test func `a statement without its privilege is left out, not tried`() {
        let settings = ServerSettings.sample(.mysql(8, 0, 44))
        var controller = Controller(
            policy: policy { $0.raiseWith = .never },
            memory: Memory(),
            counters: Counters()
        )
        let seen = look(truncate: false, settings: settings, rows: [.sample(spent: 5000)])
        #expect(
            controller.look(seen, interval: .seconds(300)).decision == .flush([.resize, .flush], .blocked)
        )
    }

    @Test func `rows that come into view again are a base, not new errors`() {
        var controller = Controller(policy: policy(), memory: Memory(), counters: Counters())
        let rows = [HostCacheRow.sample(spent: 40)]
        let settings = ServerSettings.sample()
        _ = controller.look(look(settings: settings, rows: rows), interval: .seconds(300))
        _ = controller.look(look(see: false, settings: settings, at: 5000), interval: .seconds(300))
        let more = [HostCacheRow.sample(spent: 45)]
        _ = controller.look(look(settings: settings, rows: more, at: 10_000), interval: .seconds(300))
        #expect(controller.counters.handshakeErrors == 0)
        let last = [HostCacheRow.sample(spent: 47)]
        _ = controller.look(look(settings: settings, rows: last, at: 10_030), interval: .seconds(300))
        #expect(controller.counters.handshakeErrors == 2)
    }

    @Test func `each is a finding with its grant, graver where it is needed`() {
        let findings = { (policy: Policy, limit: UInt64) in
            var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
            let seen = look(
                see: false,
                truncate: false,
                raise: false,
                settings: .sample(limit: limit)
            )
            return controller.look(seen, interval: .seconds(300))
                .findings(seen, policy: policy, interval: .seconds(300))
                .filter { $0.code.rawValue.hasPrefix("HC11") }
        }
        let low = findings(policy(), 100)
        #expect(
            low.first
                == Finding(
                    .cannotRead,
                    .unknown,
                    "the account may not read the host cache: SELECT on performance_schema.host_cache is missing",
                    why: "hosts are counted and blocked unseen: at most 7 errors of any one host "
                        + "since the last flush are known",
                    fixes: [
                        Finding.Fix(
                            .sql,
                            "GRANT SELECT ON performance_schema.host_cache TO 'watch'@'10.0.%';"
                        )
                    ]
                )
        )
        #expect(low.map(\.code) == [.cannotRead, .cannotFlush, .cannotRaise])
        #expect(low.map(\.level) == [.unknown, .warning, .warning])
        #expect(findings(policy(), 5000).map(\.level) == [.warning, .warning, .ok])
        #expect(findings(policy { $0.isEnforcing = false }, 5000).map(\.level) == [.warning, .ok, .ok])
    }

    @Test func `SET PERSIST where there is none is held and said, not tried`() {
        let policy = policy { $0.raiseWith = .persist }
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        let seen = look(settings: .sample(.mariadb, limit: 100))
        let assessment = controller.look(seen, interval: .seconds(300))
        #expect(assessment.raise == .held(.noPersist))
        #expect(assessment.decision == .hold)
        let finding = assessment.findings(seen, policy: policy, interval: .seconds(300))
            .first { $0.code == .cannotPersist }
        #expect(
            finding
                == Finding(
                    .cannotPersist,
                    .warning,
                    "raise_with is \"persist\", and MariaDB 10.11.19 has no SET PERSIST",
                    why: "nothing is raised here",
                    fixes: [Finding.Fix(.file, "hostcached.toml: raise_with = \"auto\"")]
                )
        )
    }

    @Test(arguments: [1064, 1142, 1227, 1290] as [UInt32])
    func `where SET PERSIST was our choice and is refused, SET GLOBAL follows at once`(code: UInt32) {
        var controller = Controller(policy: policy(), memory: Memory(), counters: Counters())
        let seen = look()
        #expect(controller.look(seen, interval: .seconds(300)).decision == .raise(.persist, to: 5000))
        controller.raiseFailed(.persist, code, at: .zero)
        #expect(controller.look(look(at: 1), interval: .seconds(300)).decision == .raise(.global, to: 5000))
        controller.raiseFailed(.global, code, at: .seconds(1))
        let third = controller.look(look(at: 2), interval: .seconds(300))
        #expect(third.raise == .held(.retries(at: .seconds(301))))
        controller.connectionBegins()
        let later = controller.look(look(at: 400), interval: .seconds(300))
        #expect(later.decision == .raise(.persist, to: 5000))
    }
}
