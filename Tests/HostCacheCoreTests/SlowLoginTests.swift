import HostCacheCore
import Testing

struct SlowLoginTests {
    @Test(
        arguments: [
            (999, 1, false), (1000, 1, true), (1000, 249, true), (1000, 250, false), (8000, 1999, true),
            (8000, 2000, false),
        ] as [(Int64, Int64, Bool)]
    )
    func `a login is slow from a second on where a look is quick`(login: Int64, look: Int64, isSlow: Bool) {
        let slow = SlowLogin(login: .milliseconds(login), look: .milliseconds(look))
        #expect((slow != nil) == isSlow)
    }

    @Test func `the finding names the lookup and both ways out`() throws {
        let slow = try #require(SlowLogin(login: .seconds(5), look: .milliseconds(3)))
        #expect(
            slow.finding
                == Finding(
                    .slowLogin,
                    .warning,
                    "logging in took 5 s, a look after it a fraction of that",
                    why:
                        "a server greets a client only after it has looked up the name of its address, and a "
                        + "lookup that nobody answers takes seconds",
                    fixes: [
                        Finding.Fix(
                            .advice,
                            "let the server's resolver answer for this machine's address (the reverse lookup), or "
                                + "set skip_name_resolve = ON where no account has a host name"
                        )
                    ]
                )
        )
    }
}
