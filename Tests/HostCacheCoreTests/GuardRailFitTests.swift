import HostCacheCore
import Testing

@Suite struct GuardRailFitTests {
    private func fit(
        window seconds: Int64,
        within: UInt16 = 500,
        at budget: UInt16 = 500,
        gap: Int64 = 60,
        cap: UInt64 = 30
    ) throws -> GuardRailFit {
        var policy = Policy()
        policy.flushWithin = try #require(Share(thousandths: within))
        policy.flushAt = try #require(Share(thousandths: budget))
        policy.guardRails = GuardRails(minFlushGap: .seconds(gap), maxFlushesPerHour: cap)
        return GuardRailFit(window: .after(.seconds(seconds)), policy: policy)
    }

    @Test(
        arguments: [
            (239, .exceeds(needed: .milliseconds(119_500), allowed: .seconds(120), .cap)),
            (240, .fits),
            (241, .fits),
            (0, .exceeds(needed: .zero, allowed: .seconds(120), .cap)),
        ] as [(Int64, GuardRailFit)]
    )
    func `half the window must hold an hour's share of the cap`(window: Int64, expected: GuardRailFit) throws
    {
        #expect(try fit(window: window) == expected)
    }

    @Test(
        arguments: [
            (599, .exceeds(needed: .milliseconds(299_500), allowed: .seconds(300), .gap)),
            (600, .fits),
            (601, .fits),
        ] as [(Int64, GuardRailFit)]
    )
    func `half the window must hold the gap`(window: Int64, expected: GuardRailFit) throws {
        #expect(try fit(window: window, gap: 300) == expected)
    }

    @Test func `the earlier of schedule and budget counts`() throws {
        #expect(try fit(window: 1200, within: 100, at: 500) == .fits)
        let early = GuardRailFit.exceeds(needed: .seconds(60), allowed: .seconds(120), .cap)
        #expect(try fit(window: 1200, within: 50, at: 500) == early)
        #expect(try fit(window: 1200, within: 500, at: 50) == early)
    }

    @Test func `where nothing is ever blocked anything fits`() {
        #expect(GuardRailFit(window: .never, policy: Policy()) == .fits)
    }

    @Test func `the mission fits and a limit of a hundred at 30 s fits too`() throws {
        #expect(try fit(window: 250_000) == .fits)
        #expect(try fit(window: 500) == .fits)
    }

    @Test func `the extremes do not trap`() throws {
        let needed = GuardRailFit.exceeds(needed: .milliseconds(500), allowed: .seconds(3600), .cap)
        #expect(try fit(window: 1, cap: 0) == needed)
        #expect(try fit(window: .max, cap: .max) == .fits)
    }

    @Test func `a misfit says the figures and the key`() throws {
        #expect(try fit(window: 1200).description == "the guard rails allow the flushes this needs")
        #expect(
            try fit(window: 100).description
                == "a flush is needed every 50 s, max_flushes_per_hour allows one every 2 min: "
                + "raise max_connect_errors, or change max_flushes_per_hour"
        )
    }
}
