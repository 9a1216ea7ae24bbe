import HostCacheCore
import TestSamples
import Testing

struct FixesTests {
    private func fixes(
        _ settings: ServerSettings,
        interval: Duration = .seconds(30),
        privileges: Privileges = .unknown,
        _ change: (inout Policy) -> Void = { _ in }
    ) -> Fixes {
        var look = Observation.sample(settings)
        look.privileges = privileges
        return Fixes(look, policy: .sample(change), interval: interval)
    }

    @Test(
        arguments: [
            (0, 100, "SET GLOBAL max_connect_errors = 5000;"),
            (4999, 100, "SET GLOBAL max_connect_errors = 5000;"),
            (5000, 100, "SET GLOBAL max_connect_errors = 10000;"),
            (5000, 5000, "SET GLOBAL max_connect_errors = 10000;"),
            (4999, 5000, nil),
            (4_294_967_294, 5000, "SET GLOBAL max_connect_errors = 4294967295;"),
            (4_294_967_295, 5000, nil),
        ] as [(UInt64, UInt64, String?)]
    )
    func `raising goes above what is spent, or it unblocks nobody`(spent: UInt64, limit: UInt64, sql: String?)
    {
        let found = fixes(.sample(.mariadb, limit: limit)).now(spent: spent)
        #expect(found.first { $0.text.contains("max_connect_errors") }?.text == sql)
    }

    @Test func `what unblocks and what keeps it so are apart`() {
        let found = fixes(.sample(.mariadb, limit: 100)) { $0.targetGroups = ["a", "b"] }
        #expect(Set(found.now(spent: 100).map(\.effect)) == [.now])
        #expect(
            found.lasting == [
                Finding.Fix(.file, "my.cnf, section [mysqld]: max_connect_errors = 5000", .lasting)
            ]
                + ["a", "b"].map {
                    Finding.Fix(
                        .shell,
                        "aws elbv2 modify-target-group --target-group-arn \($0) --health-check-interval-seconds 300",
                        .lasting
                    )
                }
        )
    }

    @Test(
        arguments: [
            (["ARN"], true, 30, [.shell]), (["ARN"], true, 299, [.shell]), (["ARN"], true, 300, []),
            ([], true, 30, [.advice]), ([], true, 300, []), ([], false, 30, []),
            (["ARN"], false, 30, [.shell]),
        ] as [([String], Bool, Int64, [Finding.Fix.Kind])]
    )
    func `AWS is named where a load balancer is known and its checks are too many`(
        groups: [String],
        knowsLoadBalancer: Bool,
        interval: Int64,
        kinds: [Finding.Fix.Kind]
    ) {
        let found = fixes(.sample(), interval: .seconds(interval)) { policy in
            policy.targetGroups = groups
            if !knowsLoadBalancer { policy.loadBalancers = [] }
        }
        #expect(found.lasting.map(\.kind) == kinds)
        #expect(found.lasting.allSatisfy { $0.text.contains("aws elbv2") })
    }

    @Test(arguments: [ServerVersion.mariadb, .mysql80, .mysql97, .mysql(5, 7, 44)])
    func `a statement that the account may not use is named with its privilege`(_ version: ServerVersion) {
        var privileges = Privileges.all
        privileges.mayRaise = false
        privileges.mayTruncate = false
        privileges.mayFlush = false
        let found = fixes(.sample(version, limit: 100), privileges: privileges).now(spent: 100)
        #expect(found.map(\.kind) == [.advice, .advice])
        #expect(found.first?.text.contains("\(Grant.raise(on: version))") == true)
        #expect(found.first?.text.contains("DB parameter group") == true)
        privileges.mayFlush = true
        privileges.mayTruncate = true
        let allowed = fixes(.sample(version, limit: 100), privileges: privileges).now(spent: 100)
        #expect(allowed.map(\.kind) == [.advice, .sql])
    }
}
