import Daemon
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
                "1 of 2 servers up, 1 host blocked, next flush of orders at 2026-11-22T23:32Z"
            ),
            (
                [
                    .seen(
                        "orders",
                        .sample(limit: 100),
                        [.sample(spent: 100), .sample("10.9.9.9", spent: 200)]
                    )
                ],
                "1 of 1 server up, 2 hosts blocked, next flush of orders at 2026-11-22T23:32Z"
            ),
            (
                [
                    .seen("orders", .sample(), [.sample(spent: 1, firstErrorAge: .seconds(10))]),
                    .seen("billing", .sample(), [.sample(spent: 1, firstErrorAge: .seconds(600))]),
                ],
                "2 of 2 servers up, next flush of billing at 2026-11-23T05:33Z"
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
        #expect(Set(lines) == ["1 of 1 server up, next flush of orders at 2026-11-23T05:43Z"])
    }
}
