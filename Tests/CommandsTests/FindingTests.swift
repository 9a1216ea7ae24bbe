import Commands
import Configuration
import HostCacheCore
import Testing

@Suite struct FindingTests {
    @Test(
        arguments: [
            (.unknown, true, [.flush], nil),
            (.daemon("connection 7 of hostcached@10.0.0.7:40112"), true, [.flush], .ok),
            (.nobody, false, [.flush], .ok), (.nobody, true, [.raise], .ok),
            (.nobody, true, [.flush], .warning),
        ] as [(LockHolder, Bool, Set<Policy.Action>, Finding.Level?)]
    )
    func `nobody at a server that should be watched is a warning`(
        _ holder: LockHolder,
        _ isEnforcing: Bool,
        _ actions: Set<Policy.Action>,
        _ level: Finding.Level?
    ) {
        var policy = Policy()
        policy.isEnforcing = isEnforcing
        policy.actions = actions
        let finding = holder.finding(policy)
        #expect(finding?.level == level)
        #expect(finding.map(\.code) ?? .leader == .leader)
        #expect(holder.leavesUnwatched(policy) == (level == .warning))
    }

    @Test func `who holds the lock is said in words`() {
        #expect(
            LockHolder.daemon("connection 7 of hostcached@10.0.0.7:40112").finding(Policy())?.title
                == "connection 7 of hostcached@10.0.0.7:40112 holds the lock: that daemon acts first"
        )
        #expect(
            LockHolder.nobody.finding(Policy())?.title
                == "nobody holds the lock: no daemon that flushes watches this server"
        )
    }

    @Test func `a writer endpoint is a warning that says what to write instead`() {
        let host = "orders.cluster-abc123.us-east-1.rds.amazonaws.com"
        #expect(
            Finding(.writer, host: host)
                == Finding(
                    .endpoint,
                    .warning,
                    "orders.cluster-abc123.us-east-1.rds.amazonaws.com is an Aurora writer endpoint",
                    why:
                        "after a failover it leads to another instance, and the one before is no longer watched",
                    fixes: [
                        Finding.Fix(
                            .file,
                            "write a [[server]] with the instance endpoint (NAME.ID.REGION.rds.amazonaws.com) for "
                                + "each instance"
                        )
                    ]
                )
        )
    }

    @Test func `a proxy endpoint is a warning that says more`() {
        let finding = Finding(.proxy, host: "orders.proxy-abc123.us-east-1.rds.amazonaws.com")
        #expect(finding.level == .warning)
        #expect(
            finding.why
                == "the proxy has no host cache, and which server it leads to changes with each statement; what is "
                + "said here is of whichever answered, and enforce refuses it"
        )
    }
}
