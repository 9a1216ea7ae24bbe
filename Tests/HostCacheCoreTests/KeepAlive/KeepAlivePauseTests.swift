import HostCacheCore
import TestSamples
import Testing

/// How soon the next look follows where keep-alive logins depend on it.
@Suite struct KeepAlivePauseTests {
    /// The pauses after these looks, each with what the load balancer's address has spent.
    private func pauses(
        _ looks: [(seconds: Int64, spent: UInt64)],
        limit: UInt64 = 20,
        keepsAlive: Bool
    ) -> [Duration] {
        let policy = Policy.sample { policy in
            policy.wantedLimit = limit
            policy.actions = []
            policy.keepsAlive = keepsAlive
        }
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        return looks.map { look in
            let rows = look.spent > 0 ? [HostCacheRow.sample(spent: look.spent)] : []
            let seen = Observation.sample(at: look.seconds, rows, settings: .sample(limit: limit))
            return controller.look(seen, interval: .seconds(30)).nextLook
        }
    }

    @Test(
        arguments: [
            (20, true, .nanoseconds(4_166_666_500)), (20, false, .seconds(25)),
            (100, true, .nanoseconds(20_833_333_250)), (100, false, .seconds(30)),
            (5000, true, .seconds(30)), (1, true, .seconds(1)),
        ] as [(UInt64, Bool, Duration)]
    )
    func `a clean server is looked at four times in the window of the fastest health checks`(
        _ limit: UInt64,
        _ keepsAlive: Bool,
        _ pause: Duration
    ) {
        #expect(pauses([(0, 0), (1, 0)], limit: limit, keepsAlive: keepsAlive) == [.seconds(1), pause])
    }

    @Test(
        arguments: [(true, .nanoseconds(2_333_333_250)), (false, .milliseconds(17_500))] as [(Bool, Duration)]
    )
    func `errors no more than one health check's count too`(_ keepsAlive: Bool, _ pause: Duration) {
        #expect(pauses([(0, 0), (1, 0), (5, 6)], keepsAlive: keepsAlive).last == pause)
    }

    /// A server whose rows cannot be seen, long past its bound, which no login takes back.
    @Test(
        arguments: [
            (true, 1012, .nanoseconds(1_666_666_500)), (true, 1000, .nanoseconds(4_166_666_500)),
            (false, 1012, .seconds(25)),
        ] as [(Bool, UInt64, Duration)]
    )
    func `a blind server is looked at as its errors come`(
        _ keepsAlive: Bool,
        _ aborted: UInt64,
        _ pause: Duration
    ) {
        let policy = Policy.sample { policy in
            policy.wantedLimit = 20
            policy.actions = []
            policy.keepsAlive = keepsAlive
        }
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        let settings = ServerSettings.sample(.mariadb, performanceSchema: false, limit: 20)
        var last: Duration?
        for (seconds, aborted) in [(0, 1000), (1, 1000), (5, aborted)] as [(Int64, UInt64)] {
            let seen = Observation.sample(at: seconds, settings: settings, abortedConnects: aborted)
            last = controller.look(seen, interval: .seconds(30)).nextLook
        }
        #expect(last == pause)
    }
}
