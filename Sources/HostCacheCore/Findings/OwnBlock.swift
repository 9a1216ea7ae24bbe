/// The server refuses the address that we come from with error 1129.
///
/// It does so before the login, so nothing that runs here can mend it; a session that was open before goes on.
package struct OwnBlock: Hashable, Sendable {
    /// Our address, or its name, in the server's words; nil when its message has none.
    package var seenAs: String?
    /// The address that this machine connected from; nil when it is not known.
    package var connectedFrom: String?
    /// Whose server it is; nil when the message does not tell.
    package var flavour: Flavour?

    package init(seenAs: String?, connectedFrom: String?, flavour: Flavour?) {
        self.seenAs = seenAs
        self.connectedFrom = connectedFrom
        self.flavour = flavour
    }

    /// Our address as both ends see it.
    package var who: String {
        switch (seenAs, connectedFrom) {
        case (let seen?, let own?) where seen != own: "\(seen) (this machine connects from \(own))"
        case (let seen?, _): seen
        case (nil, let own?): own
        case (nil, nil): "unknown"
        }
    }

    /// What a person must do, in one line.
    package var advice: String {
        let statements =
            ["SET GLOBAL max_connect_errors = a higher limit"]
            + flushes.map { $0.sql + ($0.flavour.map { " (\($0))" } ?? "") }
        return
            "log in by the server's socket, from 127.0.0.1 or from any address that is not blocked, and run "
            + statements.joined(separator: " or ")
    }

    /// What `diagnose` says of it.
    package func finding(_ message: String, wantedLimit: UInt64) -> Finding {
        let raise = "SET GLOBAL max_connect_errors = \(wantedLimit);"
        return Finding(
            .blockedOurselves,
            .critical,
            "the server refuses our own address with error 1129: \(who)",
            why: "\(message); it stays so until somebody lets it in through another way\(between)",
            fixes: [
                Finding.Fix(
                    .sql,
                    "\(raise)  -- \(Self.elsewhere); works at once if the limit is lower now",
                    .now
                )
            ]
                + flushes.map { sql, flavour in
                    Finding.Fix(
                        .sql,
                        "\(sql);  -- " + (flavour.map { "\($0), " } ?? "") + Self.elsewhere,
                        .now
                    )
                }
                + [
                    Finding.Fix(
                        .advice,
                        "on RDS and Aurora: raise max_connect_errors in the instance's DB parameter group, "
                            + "or flush as the master user from another address",
                        .now
                    )
                ]
        )
    }

    private static let elsewhere = "by the server's socket, 127.0.0.1, or any address that is not blocked"

    /// The statement for the flavour, or both with the flavours' names.
    private var flushes: [(sql: String, flavour: String?)] {
        switch flavour {
        case .mariadb?: [(FlushStatement.flush.sql, nil)]
        case .mysql?: [(FlushStatement.resize.sql, nil)]
        case nil:
            [
                (FlushStatement.resize.sql, Flavour.mysql.name),
                (FlushStatement.flush.sql, Flavour.mariadb.name),
            ]
        }
    }

    private var between: String {
        guard let seenAs, let connectedFrom, seenAs != connectedFrom, Self.isAddress(seenAs) else {
            return ""
        }
        return "; something between changes our address, such as a load balancer: connect without it"
    }

    /// Whether it is an address, not a name that the server looked up.
    private static func isAddress(_ text: String) -> Bool {
        text.contains(":") || text.allSatisfy { $0 == "." || $0.isNumber }
    }
}
