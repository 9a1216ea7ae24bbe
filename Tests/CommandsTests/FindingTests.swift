import Commands
import Configuration
import HostCacheCore
import Testing

@Suite struct FindingTests {
    @Test(
        arguments: [
            (
                nil, "nobody holds the lock: no daemon in enforce watches this server"
            ),
            (
                "connection 7 of hostcached@10.0.0.7:40112",
                "connection 7 of hostcached@10.0.0.7:40112 holds the lock: that daemon acts first"
            ),
        ] as [(String?, String)]
    )
    func `who holds the lock is said, and is no fault`(_ leader: String?, _ title: String) {
        #expect(Finding(leader: leader) == Finding(.leader, .ok, title))
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
