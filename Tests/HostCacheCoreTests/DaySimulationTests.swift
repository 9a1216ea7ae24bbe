import HostCacheCore
import TestSamples
import TestSupport
import Testing

/// A day of health checks every 30 s behind two load balancers, at the default limit of 100.
@Suite struct DaySimulationTests {
    private static let day: Int64 = 86_400

    /// A day with the application that `load` describes, watched every `checkInterval` seconds.
    private func day(
        _ load: Simulation.Load,
        checkInterval: Int64 = 30,
        version: ServerVersion = .mysql97,
        performanceSchema: Bool = true,
        faults: Simulation.Faults = Simulation.Faults()
    ) -> Simulation {
        var policy = Policy()
        policy.isEnforcing = true
        policy.wantedLimit = 100
        policy.loadBalancers = Set(load.loadBalancers)
        policy.checkInterval = .seconds(checkInterval)
        var simulation = Simulation(
            seed: 1,
            server: SimulatedServer(
                limit: 100,
                version: version,
                performanceSchema: performanceSchema
            ),
            policy: policy,
            load: load,
            faults: faults
        )
        simulation.run(seconds: Self.day)
        return simulation
    }

    @Test(
        arguments: [ServerVersion.mysql97, .mariadb],
        // Whatever the looks find: errors just before a login, none after one, or some in between.
        [(30, 0), (30, 3), (30, 9), (20, 5), (600, 2)] as [(Int64, Int64)]
    )
    func `an application that logs in every ten seconds needs no flush in a day`(
        version: ServerVersion,
        rhythm: (checkInterval: Int64, loginPhase: Int64)
    ) {
        var load = Simulation.Load()
        load.loginInterval = 10
        load.loginPhase = rhythm.loginPhase
        let simulation = day(load, checkInterval: rhythm.checkInterval, version: version)
        #expect(simulation.flushes == [])
        #expect(simulation.server.refused == 0)
        // The load was there: 2 x 6 errors every 30 s.
        #expect(simulation.server.arrived >= 12 * 2879)
    }

    @Test
    func `an application that logs in more seldom than the window needs flushes, and nobody is refused`() {
        var load = Simulation.Load()
        load.loginInterval = 600
        let simulation = day(load)
        #expect(simulation.server.refused == 0)
        #expect(simulation.flushes.count > 144)
    }

    @Test(
        arguments: [
            (.mysql97, true, 30), (.mysql97, true, 600), (.mariadb, true, 30), (.mysql(5, 7, 44), true, 20),
            (.mariadb, false, 30), (.mariadb, false, 600),
        ] as [(ServerVersion, Bool, Int64)]
    )
    func `without logins the flushes come as computed, and nobody is refused`(
        version: ServerVersion,
        performanceSchema: Bool,
        checkInterval: Int64
    ) throws {
        let simulation = day(
            Simulation.Load(),
            checkInterval: checkInterval,
            version: version,
            performanceSchema: performanceSchema
        )
        #expect(simulation.server.refused == 0)
        #expect(simulation.controller.counters.flushes[.blocked] == nil)
        #expect(simulation.controller.counters.flushFailures == 0)
        // Half of 100 errors at 12 a minute, from the first error after a flush: 250 s and one health check at most.
        // A blind server's bound has the errors of both addresses in it: half of the time.
        let longest: Int64 = 280
        let gaps = zip(simulation.flushes, simulation.flushes.dropFirst()).map { $1 - $0 }
        let shortest = try #require(gaps.min())
        #expect(shortest >= (performanceSchema ? 240 : 120))
        #expect(try #require(gaps.max()) <= longest)
    }
}
