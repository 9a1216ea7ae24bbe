import HostCacheCore
import TestSamples
import TestSupport
import Testing

/// A blind server over hours, with everything that may happen to its counters.
struct BlindSimulationTests {
    /// A load that the guard rails allow to be flushed away, from two load balancers.
    private struct Pace: Sendable {
        var interval: Int64
        var errorsPerCheck: UInt64
        var guardRails: GuardRails
        var absence: Int64
        var hours: Int64
    }

    private static let paces = [
        Pace(interval: 10, errorsPerCheck: 1, guardRails: GuardRails(), absence: 60, hours: 12),
        Pace(interval: 30, errorsPerCheck: 3, guardRails: GuardRails(), absence: 60, hours: 12),
        Pace(interval: 60, errorsPerCheck: 6, guardRails: GuardRails(), absence: 60, hours: 12),
        Pace(
            interval: 1,
            errorsPerCheck: 6,
            guardRails: GuardRails(minFlushGap: .seconds(1), maxFlushesPerHour: 3600),
            absence: 1,
            hours: 1
        ),
    ]

    private func simulation(seed: UInt64, _ faults: Simulation.Faults) -> Simulation {
        var random = SeededGenerator(seed: seed)
        let pace = Self.paces[Int(seed) % Self.paces.count]
        var load = Simulation.Load()
        load.interval = pace.interval
        load.errorsPerCheck = pace.errorsPerCheck
        var policy = Policy()
        policy.isEnforcing = true
        policy.wantedLimit = 100
        policy.guardRails = pace.guardRails
        // Less than there are: only the counter tells.
        policy.errorsPerHealthCheck = 1
        policy.loadBalancers = Bool.random(using: &random) ? Set(load.loadBalancers) : []
        var faults = faults
        faults.absence = pace.absence
        var simulation = Simulation(
            seed: seed,
            server: SimulatedServer(limit: 100, version: .mariadb, performanceSchema: false),
            policy: policy,
            load: load,
            faults: faults
        )
        simulation.run(seconds: pace.hours * 3600)
        return simulation
    }

    @Test(
        arguments: 1...12 as ClosedRange<UInt64>,
        [
            Simulation.Faults(),
            Simulation.Faults(foreignFlush: 5, otherFlush: 3),
            // Somebody who flushes tables all the time is not to hold anything up.
            Simulation.Faults(otherFlush: 1),
            Simulation.Faults(flushStatus: 1),
            Simulation.Faults(daemonRestart: 3),
            Simulation.Faults(restart: 20, daemonRestart: 5),
            Simulation.Faults(
                unknownFlush: 5,
                foreignFlush: 20,
                otherFlush: 5,
                flushStatus: 20,
                toggledHostCache: 50,
                restart: 100,
                daemonRestart: 20
            ),
        ]
    )
    func `within the guard rails nobody is ever blocked`(seed: UInt64, faults: Simulation.Faults) {
        let simulation = simulation(seed: seed, faults)
        #expect(simulation.server.refused == 0)
        #expect(simulation.turns.count { $0.assessment.trigger != nil } > 0)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a restart of the daemon brings no flush that would not have come`(seed: UInt64) {
        let steady = simulation(seed: seed, Simulation.Faults())
        let restarted = simulation(seed: seed, Simulation.Faults(daemonRestart: 2))
        let count = { (simulation: Simulation) in
            simulation.controller.counters.flushes.values.reduce(0, +)
        }
        // An absence may delay a flush, and never adds one.
        #expect(count(restarted) <= count(steady) + 1)
        #expect(count(restarted) > 0)
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `no host has ever more errors than the bound`(seed: UInt64) {
        let simulation = simulation(
            seed: seed,
            Simulation.Faults(
                foreignFlush: 10,
                otherFlush: 5,
                flushStatus: 10,
                restart: 50,
                daemonRestart: 10
            )
        )
        for turn in simulation.turns {
            #expect(turn.mostSpent <= turn.assessment.bound.spent)
        }
    }
}
