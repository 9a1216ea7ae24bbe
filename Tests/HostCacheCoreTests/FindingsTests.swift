import HostCacheCore
import TestSamples
import Testing

struct FindingsTests {
    private static let nlb = "10.0.1.23"

    /// Judges one look as `diagnose` does, at an interval of 30 s.
    private func findings(
        _ look: Observation,
        memory: Memory = Memory(),
        known: [String: Forecast.Rate] = [:],
        isUnwatched: Bool = false,
        _ change: (inout Policy) -> Void = { _ in }
    ) -> [Finding] {
        var policy = Policy()
        policy.isEnforcing = true
        policy.loadBalancers = [Self.nlb]
        policy.targetGroups = ["ARN"]
        change(&policy)
        var controller = Controller(policy: policy, memory: memory, counters: Counters())
        let assessment = controller.look(look, interval: .seconds(30), known: known)
        return assessment.findings(
            look,
            policy: policy,
            interval: .seconds(30),
            isUnwatched: isUnwatched
        )
    }

    private static let interval = Finding.Fix(
        .shell,
        "aws elbv2 modify-target-group --target-group-arn ARN --health-check-interval-seconds 300",
        .lasting
    )

    private static let limitIsFine = Finding(
        .limit,
        .ok,
        "max_connect_errors is 5000; a clean address is blocked in 6 h 56 min 40 s",
        why: "at 12 errors a minute (assumed: 6 errors every 30 s)"
    )

    @Test func `a clean server is fine, with its schedule`() {
        #expect(
            findings(.sample(at: 0)) == [
                Self.limitIsFine,
                Finding(
                    .flushSchedule,
                    .ok,
                    "flush every 3 h 28 min 20 s at most; nothing is spent, so none is due"
                ),
            ]
        )
    }

    @Test(arguments: [
        (ServerSettings.sample(skipNameResolve: true), "skip_name_resolve = ON"),
        (ServerSettings.sample(hostCacheSize: 0), "host_cache_size = 0"),
    ])
    func `a server that cannot block has nothing else to be said of it`(
        _ settings: ServerSettings,
        _ setting: String
    ) {
        #expect(
            findings(.sample(at: 0, settings: settings)) == [
                Finding(
                    .cannotBlock,
                    .ok,
                    "this server cannot block anyone: \(setting)",
                    why: "connect errors are not counted; an empty host cache is no sign of health here, and "
                        + "nothing needs doing"
                )
            ]
        )
    }

    @Test func `a blocked load balancer comes first, with what unblocks now before what keeps it so`() {
        let row = HostCacheRow.sample(Self.nlb, spent: 100, blocked: 7, firstErrorAge: .seconds(10))
        let settings = ServerSettings.sample(.mariadb, limit: 100)
        let raise = Finding.Fix(.sql, "SET GLOBAL max_connect_errors = 5000;", .now)
        let keep = Finding.Fix(.file, "my.cnf, section [mysqld]: max_connect_errors = 5000", .lasting)
        #expect(
            findings(.sample(at: 0, [row], settings: settings)) == [
                Finding(
                    .hostBlocked,
                    .critical,
                    "load balancer 10.0.1.23 is blocked: 100 of 100 errors spent, 7 connections refused",
                    why: "every login from this address is refused with error 1129; a health check that only "
                        + "opens a connection still succeeds, so the load balancer says healthy while logins get "
                        + "1129",
                    fixes: [
                        raise, Finding.Fix(.sql, "FLUSH NO_WRITE_TO_BINLOG HOSTS;", .now), keep,
                        Self.interval,
                    ]
                ),
                Finding(
                    .limitTooLow,
                    .warning,
                    "max_connect_errors is 100, wanted 5000",
                    why: "at 12 errors a minute (assumed: 6 errors every 30 s) a clean address is blocked in "
                        + "8 min 20 s",
                    fixes: [raise, keep]
                ),
                Finding(.flushSchedule, .ok, "flush every 4 min 10 s at most; due in 4 min"),
            ]
        )
    }

    @Test(
        arguments: [
            (ServerVersion.mysql97, ["SET PERSIST max_connect_errors = 5000;"]),
            (
                .mysql(5, 7, 44),
                [
                    "SET GLOBAL max_connect_errors = 5000;",
                    "my.cnf, section [mysqld]: max_connect_errors = 5000",
                ]
            ),
            (
                .mariadb,
                [
                    "SET GLOBAL max_connect_errors = 5000;",
                    "my.cnf, section [mysqld]: max_connect_errors = 5000",
                ]
            ),
        ] as [(ServerVersion, [String])]
    )
    func `raising is told in the server's own words, even where hostcached may not`(
        _ version: ServerVersion,
        _ fixes: [String]
    ) {
        let settings = ServerSettings.sample(version, limit: 4999)
        let found = findings(.sample(at: 0, settings: settings)) { $0.raiseWith = .never }
        #expect(found.first { $0.code == .limitTooLow }?.fixes.map(\.text) == fixes)
    }

    @Test(arguments: [(99, []), (100, [.limitTooLow]), (101, [.limitTooLow])] as [(UInt64, [Finding.Code])])
    func `a limit is too low below the wanted one only`(wanted: UInt64, codes: [Finding.Code]) {
        let found = findings(.sample(at: 0, settings: .sample(limit: 99))) { $0.wantedLimit = wanted }
        #expect(found.map(\.code).filter { $0 == .limitTooLow } == codes)
    }

    @Test(arguments: [(49, false), (50, true), (99, true)] as [(UInt64, Bool)])
    func `a host near the limit is a warning from flush_at on`(spent: UInt64, isNear: Bool) {
        let row = HostCacheRow.sample(Self.nlb, spent: spent, firstErrorAge: .seconds(10))
        let found = findings(.sample(at: 0, [row], settings: .sample(limit: 100))) { $0.wantedLimit = 100 }
        let left = Duration.seconds(Int64(100 - spent) * 5).phrase
        #expect(
            found.filter { $0.code == .hostNearLimit }
                == (isNear
                    ? [
                        Finding(
                            .hostNearLimit,
                            .warning,
                            "10.0.1.23 has spent \(spent) of 100 errors",
                            why: "at the present rate it is blocked in \(left)",
                            fixes: [
                                Finding.Fix(
                                    .sql,
                                    "SET GLOBAL host_cache_size = @@global.host_cache_size;",
                                    .now
                                ),
                                Self.interval,
                            ]
                        )
                    ] : [])
        )
    }

    @Test(arguments: [(5000, Finding.Level.warning), (4999, .unknown)] as [(UInt64, Finding.Level)])
    func `a blind server is unknown unless its limit is known to be good`(limit: UInt64, level: Finding.Level)
    {
        let settings = ServerSettings.sample(.mariadb, performanceSchema: false, limit: limit)
        let found = findings(.sample(at: 0, settings: settings, abortedConnects: 17))
        #expect(
            found.first
                == Finding(
                    .blind,
                    level,
                    "the host cache cannot be seen: performance_schema = OFF on MariaDB 10.11.19",
                    why:
                        "host_cache reads as empty and TRUNCATE does nothing, but hosts are counted and blocked; at "
                        + "most 17 errors of any one host since the last flush are known",
                    fixes: (level == .warning
                        ? []
                        : [
                            Finding.Fix(.sql, "SET GLOBAL max_connect_errors = 5000;", .now),
                            Finding.Fix(.sql, "FLUSH NO_WRITE_TO_BINLOG HOSTS;", .now),
                        ]) + [
                            Finding.Fix(
                                .file,
                                "my.cnf, section [mysqld]: performance_schema = ON, in force after the server's "
                                    + "next restart",
                                .lasting
                            ),
                            Finding.Fix(
                                .advice,
                                "on RDS: performance_schema = 1 in the instance's DB parameter group and a reboot, "
                                    + "or turn Performance Insights on",
                                .lasting
                            ),
                        ]
                )
        )
        #expect(!found.contains { $0.code == .hostBlocked || $0.code == .otherOffender })
    }

    @Test(arguments: [(2499, Finding.Level.warning), (2500, .unknown)] as [(UInt64, Finding.Level)])
    func `a blind server with a good limit is unknown once a flush is due`(
        spent: UInt64,
        level: Finding.Level
    ) {
        let settings = ServerSettings.sample(.mariadb, performanceSchema: false, limit: 5000)
        let found = findings(.sample(at: 0, settings: settings, abortedConnects: spent))
        #expect(found.first { $0.code == .blind }?.level == level)
    }

    @Test func `on a blind server nobody in particular is near the limit`() {
        let settings = ServerSettings.sample(.mariadb, performanceSchema: false, limit: 5000)
        let found = findings(.sample(at: 0, settings: settings, abortedConnects: 3000))
        #expect(
            found.first { $0.code == .hostNearLimit }?.title
                == "some host may have spent 3000 of 5000 errors"
        )
    }

    @Test func `other hosts with errors are named where load balancers are known`() {
        let rows = [HostCacheRow.sample("10.9.9.9", spent: 3), .sample(Self.nlb), .sample("10.9.9.8")]
        let expected = Finding(
            .otherOffender,
            .ok,
            "10.9.9.9 makes errors too: 3 of 5000 spent, 100% of all errors",
            why: "it is not one of load_balancers; something there opens connections and drops them"
        )
        #expect(findings(.sample(at: 0, rows)).filter { $0.code == .otherOffender } == [expected])
        #expect(
            findings(.sample(at: 0, rows)) { $0.loadBalancers = [] }.filter { $0.code == .otherOffender }
                == []
        )
    }

    @Test(arguments: [(2499, .ok), (2500, .warning)] as [(UInt64, Finding.Level)])
    func `an unlisted host past flush_at is a warning with the line to add`(
        _ spent: UInt64,
        _ level: Finding.Level
    ) {
        let rows = [HostCacheRow.sample("10.9.9.9", spent: spent), .sample(Self.nlb)]
        let found = findings(.sample(at: 0, rows)).filter { $0.code == .otherOffender }
        #expect(found.map(\.level) == [level])
        let suspect = Finding(
            .otherOffender,
            .warning,
            "10.9.9.9 is not in load_balancers, and its errors are past flush_at: 2500 of 5000 spent, "
                + "100% of all errors",
            why: "if it is a load balancer's, it gets blocked: no flush is made for it",
            fixes: [
                Finding.Fix(
                    .file,
                    "hostcached.toml: load_balancers = [\"10.9.9.9\", …], added to those there"
                )
            ]
        )
        if level == .warning { #expect(found == [suspect]) }
    }

    @Test(
        arguments: [
            ([nlb], .warning, "load_balancers = [\"10.9.9.9\", …], added to those there", 59),
            ([], .ok, "load_balancers = [\"10.9.9.9\"]", 59), ([nlb], .ok, nil, 60),
        ] as [(Set<String>, Finding.Level, String?, Int)]
    )
    func `an unlisted host that is even as a health check is named with the line to add`(
        _ loadBalancers: Set<String>,
        _ level: Finding.Level,
        _ line: String?,
        _ age: Int
    ) {
        var memory = Memory()
        memory.measured = Memory.Measured(at: .seconds(-age), rates: [:], even: ["10.9.9.9"])
        // A login has set what it spent to zero.
        let rows = [HostCacheRow.sample("10.9.9.9", spent: line == nil ? 3 : 0, handshakeErrors: 30)]
        let found = findings(.sample(at: 0, rows), memory: memory) { $0.loadBalancers = loadBalancers }
            .filter { $0.code == .otherOffender }
        #expect(found.map(\.level) == [level])
        #expect(found.flatMap(\.fixes).map(\.text) == (line.map { ["hostcached.toml: \($0)"] } ?? []))
        #expect(
            found.first?.title.contains(
                ", and its errors come as evenly as a health check's: 0 of 5000 spent"
            )
                == (line != nil)
        )
    }

    @Test func `evenness is found look by look, and kept for whoever looks only once`() {
        var policy = Policy()
        policy.loadBalancers = [Self.nlb]
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        for look in 0...33 {
            let rows = [Self.nlb, "10.9.9.9"].map { HostCacheRow.sample($0, spent: UInt64(6 * look)) }
            _ = controller.look(.sample(at: Int64(30 * look), rows), interval: .seconds(30))
        }
        #expect(controller.memory.measured?.even == ["10.9.9.9"])
    }

    @Test func `guard rails that are too narrow are a warning with the figures`() {
        let found = findings(.sample(at: 0, settings: .sample(limit: 100))) { policy in
            policy.wantedLimit = 100
            policy.errorsPerHealthCheck = 100
        }
        #expect(
            found.first
                == Finding(
                    .guardRailsTooNarrow,
                    .warning,
                    "a flush is needed every 15 s, max_flushes_per_hour allows one every 2 min: raise "
                        + "max_connect_errors, or change max_flushes_per_hour"
                )
        )
    }

    @Test func `our own raise that a restart loses is told with the line to keep it`() {
        var memory = Memory()
        memory.raises.last = .seconds(-10)
        #expect(
            findings(.sample(at: 0, settings: .sample(.mariadb)), memory: memory)
                .first { $0.code == .limitNotPersisted }
                == Finding(
                    .limitNotPersisted,
                    .ok,
                    "max_connect_errors was raised while the server ran; MariaDB 10.11.19 forgets it at a restart",
                    why: "hostcached raises it again then, once it is connected",
                    fixes: [
                        Finding.Fix(
                            .file,
                            "my.cnf, section [mysqld]: max_connect_errors = 5000",
                            .lasting
                        )
                    ]
                )
        )
        let observed = findings(.sample(at: 0, settings: .sample(.mariadb)), memory: memory) {
            $0.isEnforcing = false
        }
        #expect(
            observed.first { $0.code == .limitNotPersisted }?.why
                == "nothing raises it again then: hostcached may not raise here"
        )
        let persisted = findings(.sample(at: 0), memory: memory)
        #expect(!persisted.contains { $0.code == .limitNotPersisted })
    }

    @Test(
        arguments: [
            (.assumed, "at 12 errors a minute (assumed: 6 errors every 30 s)"),
            (.average, "at 24 errors a minute (average since the first error, assumed: 6 errors every 30 s)"),
            (.measured, "at 24 errors a minute (measured: 12 a check, assumed: 6 errors every 30 s)"),
        ] as [(Forecast.Basis, String)]
    )
    func `a rate is told with where it comes from`(basis: Forecast.Basis, why: String) throws {
        let rate = try #require(ErrorRate(errors: basis == .assumed ? 1 : 24, per: .seconds(60)))
        let row = HostCacheRow.sample(Self.nlb, spent: 1, firstErrorAge: .seconds(10))
        let found = findings(.sample(at: 0, [row]), known: [Self.nlb: Forecast.Rate(rate, basis)])
        #expect(found.first { $0.code == .limit }?.why == why)
    }

    @Test func `without a load balancer the rate is supposed, and said so`() {
        let found = findings(.sample(at: 0)) { policy in
            policy.loadBalancers = []
            policy.errorsPerHealthCheck = 1
        }
        #expect(
            found.first { $0.code == .limit }?.why
                == "at 120 errors an hour (assumed: 1 error every 30 s; no load balancer is configured)"
        )
    }

    @Test func `a schedule that is past is due now`() {
        let row = HostCacheRow.sample(Self.nlb, spent: 1, firstErrorAge: .seconds(9000))
        let found = findings(.sample(at: 0, [row], settings: .sample(limit: 100))) { $0.wantedLimit = 100 }
        #expect(found.last == Finding(.flushSchedule, .ok, "flush every 4 min 10 s at most; due now"))
    }

    @Test(
        arguments: [
            (false, [], true, "hostcached sends none in observe"),
            (true, [.raise], false, "hostcached sends none: actions does not list flush"),
            (true, [.flush], false, nil),
            (true, [.flush], true, "nobody sends it: no daemon in enforce watches this server"),
        ] as [(Bool, Set<Policy.Action>, Bool, String?)]
    )
    func `a schedule says who does not keep it`(
        isEnforcing: Bool,
        actions: Set<Policy.Action>,
        isUnwatched: Bool,
        why: String?
    ) {
        let found = findings(.sample(at: 0), isUnwatched: isUnwatched && isEnforcing) { policy in
            policy.isEnforcing = isEnforcing
            policy.actions = actions
        }
        #expect(
            found.first { $0.code == .flushSchedule }
                == Finding(
                    .flushSchedule,
                    isEnforcing && isUnwatched ? .warning : .ok,
                    "flush every 3 h 28 min 20 s at most; nothing is spent, so none is due",
                    why: why
                )
        )
    }

    @Test func `what a load balancer thinks is said of load balancers only`() {
        let row = HostCacheRow.sample("10.9.9.9", spent: 100, firstErrorAge: .seconds(10))
        let found = findings(.sample(at: 0, [row], settings: .sample(limit: 100)))
        #expect(found.first?.title == "10.9.9.9 is blocked: 100 of 100 errors spent, 0 connections refused")
        #expect(found.first?.why == "every login from this address is refused with error 1129")
    }
}
