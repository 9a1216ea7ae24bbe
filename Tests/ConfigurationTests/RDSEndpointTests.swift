import Configuration
import Testing

@Suite struct RDSEndpointTests {
    @Test(
        arguments: [
            ("orders.cluster-abc123.us-east-1.rds.amazonaws.com", .writer),
            ("orders.global-abc123.global.rds.amazonaws.com", .writer),
            ("orders.cluster-ro-abc123.us-east-1.rds.amazonaws.com", .reader),
            ("orders.cluster-custom-abc123.us-east-1.rds.amazonaws.com", .custom),
            ("orders.proxy-abc123.us-east-1.rds.amazonaws.com", .proxy),
            ("readers.endpoint.proxy-abc123.us-east-1.rds.amazonaws.com", .proxy),
            ("orders.cluster-ro-abc123.rds.cn-north-1.amazonaws.com.cn", .reader),
            ("orders.cluster-ro-abc123.cn-north-1.rds.amazonaws.com.cn", .reader),
            ("ORDERS.CLUSTER-RO-ABC123.US-GOV-WEST-1.RDS.AMAZONAWS.COM.", .reader),
            // An instance, also one that is named like a cluster's label.
            ("orders.abc123.us-east-1.rds.amazonaws.com", nil),
            ("cluster-ro-orders.abc123.us-east-1.rds.amazonaws.com", nil),
            ("proxy-orders.abc123.rds.cn-north-1.amazonaws.com.cn", nil),
            // Nothing of RDS.
            ("orders.cluster-ro-abc123.us-east-1.elb.amazonaws.com", nil),
            ("orders.cluster-ro-abc123.rds.example.com", nil),
            ("orders.cluster-ro-abc123.us-east-1.rds.amazonaws.com.example.com", nil),
            ("localhost", nil), ("10.0.0.1", nil), ("::1", nil), (".", nil), ("amazonaws.com", nil),
        ] as [(String, RDSEndpoint?)]
    )
    func `the label with AWS's identifier tells the kind`(_ host: String, _ kind: RDSEndpoint?) {
        #expect(RDSEndpoint(host: host) == kind)
    }

    private func files(_ host: String, mode: String = "enforce", lines: String = "") -> FakeFiles {
        FakeFiles(
            """
            mode = "\(mode)"
            [[server]]
            name = "orders"
            user = "watch"
            host = "\(host)"
            \(lines)
            """
        )
    }

    private static let reader = "orders.cluster-ro-abc123.us-east-1.rds.amazonaws.com"

    @Test(
        arguments: [
            (
                "cluster-ro",
                "is an Aurora reader endpoint: each connection may lead to another instance, and each instance has a host cache of its own"
            ),
            (
                "cluster-custom",
                "is an Aurora custom endpoint: each connection may lead to another instance, and each instance has a host cache of its own"
            ),
            (
                "proxy",
                "is an RDS Proxy endpoint: the proxy has no host cache, and which server it leads to changes with each statement"
            ),
        ]
    )
    func `an endpoint of more than one server is refused in enforce with its line and what to use`(
        _ prefix: String,
        _ message: String
    ) {
        let host = "orders.\(prefix)-abc123.us-east-1.rds.amazonaws.com"
        #expect(
            files(host).problems() == [
                "hostcached.toml:5: server \"orders\": host: \(message); write a [[server]] with "
                    + "the instance endpoint (NAME.ID.REGION.rds.amazonaws.com) for each instance, or set "
                    + "mode = \"observe\" for this one"
            ]
        )
    }

    @Test(
        arguments: [
            (reader, "observe", ""), (reader, "enforce", "mode = \"observe\""),
            ("orders.cluster-abc123.us-east-1.rds.amazonaws.com", "enforce", ""),
        ]
    )
    func `it may be observed, and a writer endpoint is taken`(
        _ host: String,
        _ mode: String,
        _ lines: String
    ) throws {
        let server = try #require(try files(host, mode: mode, lines: lines).load().servers.first)
        #expect(server.address.rdsEndpoint == RDSEndpoint(host: host))
        #expect(server.address.rdsEndpoint != nil)
    }

    @Test func `a socket is no endpoint of RDS`() {
        #expect(DaemonConfiguration.Server.Address.socket(path: "/run/my.sock").rdsEndpoint == nil)
    }
}
