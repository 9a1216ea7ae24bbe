import Daemon
import HostCacheCore
import TestSamples
import TestSupport

extension ServerStatus {
    /// A server named `orders` in `enforce`, nothing known of it yet.
    static func untried(_ name: String = "orders") -> ServerStatus {
        ServerStatus(
            name: name,
            isEnforcing: true,
            wantedLimit: 5000,
            loadBalancers: ["10.0.1.23", "10.0.2.45"]
        )
    }

    /// The same after a look 100 s after the manual clock's zero.
    static func seen(
        _ name: String = "orders",
        _ settings: ServerSettings = .sample(),
        _ rows: [HostCacheRow] = [],
        abortedConnects: UInt64 = 0,
        privileges: Privileges = .all
    ) -> ServerStatus {
        let clock = ManualClock()
        clock.advance(by: .seconds(100))
        let policy = Policy.sample()
        var look = Observation.sample(settings, rows, abortedConnects: abortedConnects)
        look.instant = clock.now.offset
        look.privileges = privileges
        var controller = Controller(policy: policy, memory: Memory(), counters: Counters())
        let assessment = controller.look(look, interval: .seconds(30))
        var status = untried(name)
        status.wasTried = true
        status.checks = 3
        status.lastSuccess = Timekeeper.wallAtZero + .seconds(100)
        status.checkDuration = .milliseconds(4)
        status.look = Look(assessment, look, policy: policy, timekeeper: .manual(clock))
        return status
    }

    /// The same after the server went away.
    static func down(_ name: String = "orders") -> ServerStatus {
        var status = seen(name)
        status.look = nil
        status.checks = 4
        status.failures = [.connect: 1]
        status.failure = .unreachable
        return status
    }
}
