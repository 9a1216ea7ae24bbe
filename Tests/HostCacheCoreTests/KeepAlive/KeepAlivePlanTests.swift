import HostCacheCore
import Testing

@Suite struct KeepAlivePlanTests {
    @Test(
        arguments: [
            // Limit 100 and 6 errors every 30 s: 500 s from clean to blocked.
            (100, 30, .seconds(125), 692, "every 2 min 5 s, 692 logins a day"),
            // Limit 5000 and 72 errors an hour: 69 h 26 min 40 s.
            (5_000, 300, .seconds(62_500), 2, "every 17 h 21 min 40 s, 2 logins a day"),
            (20, 5, .milliseconds(4_166) + .microseconds(666), 20_737, "every 4 s, 20737 logins a day"),
            (
                4_294_967_295, 300, .seconds(53_687_091_187) + .milliseconds(500), 1,
                "every 1701 years, 1 login a day"
            ),
        ] as [(UInt64, Int, Duration, Int64, String)]
    )
    func `the period is a quarter of the time to block`(
        _ limit: UInt64,
        _ interval: Int,
        _ period: Duration,
        _ perDay: Int64,
        _ text: String
    ) throws {
        let rate = ErrorRate(errors: 6, perHealthCheckInterval: .seconds(interval))
        let plan = try #require(KeepAlivePlan(window: rate.time(for: limit)))
        #expect(plan.period.wholeMicroseconds == period.wholeMicroseconds)
        #expect(plan.loginsPerDay == perDay)
        #expect(plan.description == text)
        #expect(plan.keepsUp)
    }

    @Test func `where nobody can be blocked there is none`() {
        #expect(KeepAlivePlan(window: .never) == nil)
    }

    @Test(
        arguments: [
            (3_999, .seconds(2), false), (4_000, .seconds(2), true), (7_999, .seconds(2), true),
            (8_000, .seconds(2), true), (8_004, .milliseconds(2_001), true), (0, .seconds(2), false),
        ] as [(Int, Duration, Bool)]
    )
    func `two seconds is the shortest period, and it must fit twice`(
        _ window: Int,
        _ period: Duration,
        _ keepsUp: Bool
    ) throws {
        let plan = try #require(KeepAlivePlan(window: .after(.milliseconds(window))))
        #expect(plan.period == period)
        #expect(plan.keepsUp == keepsUp)
    }

    @Test func `the longest window is planned for too`() throws {
        let plan = try #require(KeepAlivePlan(window: .after(.farFuture)))
        #expect(plan.loginsPerDay == 1)
    }
}
