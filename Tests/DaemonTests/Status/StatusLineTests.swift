import Daemon
import HostCacheCore
import TestSamples
import Testing

struct StatusLineTests {
    @Test(
        arguments: [
            ([.untried()], "0 of 1 server up"),
            ([.seen()], "1 of 1 server up"),
            ([.seen(), .down("billing")], "1 of 2 servers up"),
            (
                [.seen("orders", .sample(limit: 100), [.sample(spent: 100)]), .untried("billing")],
                "1 of 2 servers up, 1 host blocked, flush of orders is due"
            ),
            (
                [
                    .seen(
                        "orders",
                        .sample(limit: 100),
                        [.sample(spent: 100), .sample("10.9.9.9", spent: 200)]
                    )
                ],
                "1 of 1 server up, 2 hosts blocked, flush of orders is due"
            ),
            (
                [
                    .seen("orders", .sample(), [.sample(spent: 1, firstErrorAge: .seconds(10))]),
                    .seen("billing", .sample(), [.sample(spent: 1, firstErrorAge: .seconds(600))]),
                ],
                "2 of 2 servers up, next flush of billing at 2026-11-23T05:34Z"
            ),
        ] as [([ServerStatus], String)]
    )
    func `says who is up, who is blocked, and the next flush of all`(
        _ statuses: [ServerStatus],
        _ line: String
    ) {
        #expect(StatusLine(statuses).description == line)
    }

    @Test(arguments: [
        (0, "1 of 1 server up"), (1, "new configuration refused (1 problem, see the log), 1 of 1 server up"),
        (2, "new configuration refused (2 problems, see the log), 1 of 1 server up"),
    ])
    func `a refused configuration comes first`(_ problems: Int, _ line: String) {
        #expect(StatusLine([.seen()], refusedProblems: problems).description == line)
    }

    @Test func `does not waver with the seconds of the server's clock`() {
        let lines = [3, 4, 5].map { age in
            StatusLine([.seen("orders", .sample(), [.sample(spent: 1, firstErrorAge: .seconds(age))])])
                .description
        }
        #expect(Set(lines) == ["1 of 1 server up, next flush of orders at 2026-11-23T05:44Z"])
    }

    /// A look at a server whose schedule began so long ago, at a limit that wants a flush every 4 min 10 s.
    private static func status(_ flushes: ServerStatus.Flushes, ageSeconds: Int64) -> ServerStatus {
        var status = ServerStatus.seen(
            "orders",
            .sample(limit: 100),
            [.sample(spent: 1, firstErrorAge: .seconds(ageSeconds))]
        )
        status.look?.flushes = flushes
        return status
    }

    @Test(
        arguments: [
            (.sends, 10, ", next flush of orders at 2026-11-23T02:19Z"),
            (.sends, 249, ", next flush of orders at 2026-11-23T02:16Z"),
            (.sends, 250, ", flush of orders is due"), (.sends, 9000, ", flush of orders is due"),
            (.wouldSend, 249, ", would flush orders at 2026-11-23T02:16Z"),
            (.wouldSend, 250, ", would flush orders now"), (.wouldSend, 9000, ", would flush orders now"),
            (.leaves, 10, ""), (.leaves, 9000, ""),
        ] as [(ServerStatus.Flushes, Int64, String)]
    )
    func `the flush to come is promised by who sends it, and never for the past`(
        _ flushes: ServerStatus.Flushes,
        _ ageSeconds: Int64,
        _ end: String
    ) {
        #expect(
            StatusLine([Self.status(flushes, ageSeconds: ageSeconds)]).description == "1 of 1 server up\(end)"
        )
    }

    @Test(
        arguments: [
            (true, [.flush], .sends), (true, [.raise], .leaves), (false, [.flush], .wouldSend),
            (false, [.raise], .leaves),
        ] as [(Bool, Set<Policy.Action>, ServerStatus.Flushes)]
    )
    func `mode and actions say who sends a flush`(
        _ isEnforcing: Bool,
        _ actions: Set<Policy.Action>,
        _ flushes: ServerStatus.Flushes
    ) {
        let policy = Policy.sample { policy in
            policy.isEnforcing = isEnforcing
            policy.actions = actions
        }
        #expect(ServerStatus.Flushes(policy) == flushes)
    }
}
