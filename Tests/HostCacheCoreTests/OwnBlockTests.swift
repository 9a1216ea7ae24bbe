import HostCacheCore
import TestSamples
import Testing

struct OwnBlockTests {
    @Test(
        arguments: [
            ("10.0.1.23", "10.0.1.23", "10.0.1.23"),
            ("10.0.1.23", "10.0.9.17", "10.0.1.23 (this machine connects from 10.0.9.17)"),
            ("nlb.example.com", "10.0.9.17", "nlb.example.com (this machine connects from 10.0.9.17)"),
            ("10.0.1.23", nil, "10.0.1.23"), (nil, "10.0.9.17", "10.0.9.17"), (nil, nil, "unknown"),
        ] as [(String?, String?, String)]
    )
    func `our address is named as both ends see it`(seenAs: String?, connectedFrom: String?, who: String) {
        #expect(OwnBlock(seenAs: seenAs, connectedFrom: connectedFrom, flavour: nil).who == who)
    }

    private static let elsewhere = "by the server's socket, 127.0.0.1, or any address that is not blocked"

    @Test(
        arguments: [
            (.mariadb, ["FLUSH NO_WRITE_TO_BINLOG HOSTS;  -- "]),
            (.mysql, ["SET GLOBAL host_cache_size = @@global.host_cache_size;  -- "]),
            (
                nil,
                [
                    "SET GLOBAL host_cache_size = @@global.host_cache_size;  -- MySQL, ",
                    "FLUSH NO_WRITE_TO_BINLOG HOSTS;  -- MariaDB, ",
                ]
            ),
        ] as [(Flavour?, [String])]
    )
    func `the statements are those of the flavour, raising first`(flavour: Flavour?, statements: [String]) {
        let block = OwnBlock(seenAs: "10.0.1.23", connectedFrom: "10.0.9.17", flavour: flavour)
        let raise =
            "SET GLOBAL max_connect_errors = 700;  -- \(Self.elsewhere); works at once if the limit is lower now"
        #expect(
            block.finding("connect failed: refused", wantedLimit: 700)
                == Finding(
                    .blockedOurselves,
                    .critical,
                    "the server refuses our own address with error 1129: "
                        + "10.0.1.23 (this machine connects from 10.0.9.17)",
                    why:
                        "connect failed: refused; it stays so until somebody lets it in through another way; "
                        + "something between changes our address, such as a load balancer: connect without it",
                    fixes: [Finding.Fix(.sql, raise, .now)]
                        + statements.map { Finding.Fix(.sql, $0 + Self.elsewhere, .now) } + [
                            Finding.Fix(
                                .advice,
                                "on RDS and Aurora: raise max_connect_errors in the instance's DB parameter group, "
                                    + "or flush as the master user from another address",
                                .now
                            )
                        ]
                )
        )
    }

    @Test func `the advice has what is needed in one line`() {
        #expect(
            OwnBlock(seenAs: nil, connectedFrom: nil, flavour: nil).advice
                == "log in by the server's socket, from 127.0.0.1 or from any address that is not blocked, and "
                + "run SET GLOBAL max_connect_errors = a higher limit or SET GLOBAL "
                + "host_cache_size = @@global.host_cache_size (MySQL) or FLUSH NO_WRITE_TO_BINLOG HOSTS (MariaDB)"
        )
    }

    @Test(
        arguments: [("10.0.1.23", "10.0.1.23"), ("nlb.example.com", "10.0.9.17"), ("10.0.1.23", nil)]
            as [(String, String?)]
    )
    func `nothing is said to change an address that is the same, a name, or not known`(
        seenAs: String,
        connectedFrom: String?
    ) {
        let block = OwnBlock(seenAs: seenAs, connectedFrom: connectedFrom, flavour: nil)
        #expect(
            block.finding("refused", wantedLimit: 700).why
                == "refused; it stays so until somebody lets it in through another way"
        )
    }
}
