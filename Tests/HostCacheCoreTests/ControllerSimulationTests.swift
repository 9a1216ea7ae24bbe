import HostCacheCore
import TestSamples
import TestSupport
import Testing

@Suite struct ControllerSimulationTests {
    /// Any server, load, policy and faults.
    private func anything(seed: UInt64) -> Simulation {
        var random = SeededGenerator(seed: seed)
        var load = Simulation.Load()
        load.interval = [5, 10, 30, 300].randomElement(using: &random) ?? 30
        load.errorsPerCheck = .random(in: 1...40, using: &random)
        load.others = .random(in: 0...30, using: &random)
        var policy = Policy()
        policy.isEnforcing = Int.random(in: 0..<5, using: &random) > 0
        policy.actions = [[.flush, .raise], [.flush], [.raise], []].randomElement(using: &random) ?? []
        policy.wantedLimit = [1, 100, 500, 5000].randomElement(using: &random) ?? 100
        policy.loadBalancers = Bool.random(using: &random) ? Set(load.loadBalancers) : []
        policy.flushFor = [nil, .any].randomElement(using: &random) ?? nil
        policy.checkInterval = .seconds([5, 30, 300].randomElement(using: &random) ?? 30)
        policy.guardRails = GuardRails(
            minFlushGap: .seconds([1, 60, 600].randomElement(using: &random) ?? 60),
            maxFlushesPerHour: [1, 5, 30].randomElement(using: &random) ?? 30
        )
        let faults = Simulation.Faults(
            unknownFlush: 5,
            refusedFlush: 7,
            failedRaise: 3,
            vainRaise: 3,
            unknownRaise: 3,
            foreignFlush: 40,
            loweredLimit: 50,
            setClock: 100,
            restart: 200
        )
        let server = SimulatedServer(
            limit: [1, 20, 100, 1000].randomElement(using: &random) ?? 100,
            version: [.mysql97, .mariadb, .mysql(8, 0, 30)].randomElement(using: &random) ?? .mysql97,
            performanceSchema: Bool.random(using: &random)
        )
        return Simulation(seed: seed, server: server, policy: policy, load: load, faults: faults)
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `whatever happens, no guard rail is broken`(seed: UInt64) {
        var simulation = anything(seed: seed)
        simulation.run(seconds: 5400)
        let rails = simulation.controller.policy.guardRails
        var known: Duration?
        var ours: [Duration] = []
        for turn in simulation.turns {
            let now = turn.seen.instant
            if turn.assessment.events.contains(.flushObserved) { known = now }
            guard case .flush = turn.assessment.decision else { continue }
            let sinceLast = known.map { now - $0 } ?? .farFuture
            #expect(sinceLast >= rails.minFlushGap)
            ours = ours.filter { now - $0 < .seconds(3600) }
            let unblocks = turn.assessment.forecast.blocked.contains(where: \.isLoadBalancer)
            if UInt64(ours.count) >= rails.maxFlushesPerHour, !unblocks {
                #expect(sinceLast >= .seconds(300))
            }
            ours.append(now)
            known = now
        }
    }

    @Test(arguments: 81...104 as ClosedRange<UInt64>)
    func `whatever the server answers, a raise that did not take effect waits five minutes`(seed: UInt64) {
        var simulation = anything(seed: seed)
        simulation.run(seconds: 5400)
        let wanted = simulation.controller.policy.wantedLimit
        var tried: [RaiseStatement: Duration] = [:]
        for turn in simulation.turns {
            // It took effect, or a new life of the server has forgotten it.
            let isOver = turn.seen.limit >= wanted || turn.assessment.events.contains(.serverRestarted)
            if isOver { tried = [:] }
            guard case .raise(let statement, _) = turn.assessment.decision else { continue }
            if let last = tried[statement] { #expect(turn.seen.instant - last >= .seconds(300)) }
            // SET GLOBAL follows a SET PERSIST that was refused, and nothing the other way round.
            if statement == .persist, let last = tried[.global] {
                #expect(turn.seen.instant - last >= .seconds(300))
            }
            tried[statement] = turn.seen.instant
        }
    }

    @Test(arguments: 21...32 as ClosedRange<UInt64>)
    func `whatever happens, nothing is done that was not allowed`(seed: UInt64) {
        var simulation = anything(seed: seed)
        simulation.run(seconds: 5400)
        let policy = simulation.controller.policy
        for turn in simulation.turns {
            switch turn.assessment.decision {
            case .hold:
                break
            case .raise(_, let limit):
                #expect(policy.isEnforcing && policy.actions.contains(.raise))
                #expect(limit == policy.wantedLimit && limit > turn.seen.limit)
            case .flush(let statements, let trigger):
                #expect(policy.isEnforcing && policy.actions.contains(.flush))
                #expect(turn.assessment.trigger == trigger)
                let candidates = FlushStatement.candidates(for: turn.seen.settings, with: policy.flushWith)
                #expect(!statements.isEmpty && Set(statements).isSubset(of: candidates))
                // Raising comes first wherever it may.
                if case .raise = turn.assessment.raise { #expect(!policy.actions.contains(.raise)) }
            }
        }
    }

    @Test(arguments: 41...52 as ClosedRange<UInt64>)
    func `whatever happens, the next look is in one second at least and in the check interval at most`(
        seed: UInt64
    ) {
        var simulation = anything(seed: seed)
        simulation.run(seconds: 5400)
        let latest = max(.seconds(1), simulation.controller.policy.checkInterval)
        for turn in simulation.turns {
            #expect(turn.assessment.nextLook >= .seconds(1))
            #expect(turn.assessment.nextLook <= latest)
        }
    }

    @Test(arguments: 61...72 as ClosedRange<UInt64>)
    func `whatever happens, no more errors are counted than truly arrived`(seed: UInt64) {
        var simulation = anything(seed: seed)
        simulation.run(seconds: 5400)
        #expect(simulation.controller.counters.handshakeErrors <= simulation.server.arrived)
        #expect(simulation.controller.counters.blockedConnections <= simulation.server.refused)
        let flushes = simulation.turns.count {
            if case .flush = $0.assessment.decision { true } else { false }
        }
        #expect(simulation.controller.counters.flushes.values.reduce(0, +) == UInt64(flushes))
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `a flush with unknown outcome is looked up at the next look`(seed: UInt64) {
        var policy = Policy()
        policy.isEnforcing = true
        policy.wantedLimit = 20
        policy.guardRails.minFlushGap = .seconds(1)
        var simulation = Simulation(
            seed: seed,
            server: SimulatedServer(limit: 20),
            policy: policy,
            load: Simulation.Load(),
            faults: Simulation.Faults(unknownFlush: 1)
        )
        simulation.run(seconds: 3600)
        let turns = simulation.turns
        var count = 0
        for (turn, next) in zip(turns, turns.dropFirst()) {
            guard case .flush = turn.assessment.decision else { continue }
            count += 1
            let isFlushed = next.seen.rows.allSatisfy { row in
                (row.firstSeenSecond ?? 0) > turn.seen.serverSecond
            }
            let failed = FlushOutcome.failed(turn.seen.rows.map(\.address))
            #expect(next.assessment.events == [.unknownFlushResolved(isFlushed ? .verified : failed)])
        }
        #expect(count > 10)
    }

    /// Enforced with guard rails that hold nothing back.
    private func ample(wanted limit: UInt64, loadBalancers: Set<String>) -> Policy {
        var policy = Policy()
        policy.isEnforcing = true
        policy.wantedLimit = limit
        policy.loadBalancers = loadBalancers
        policy.guardRails = GuardRails(minFlushGap: .seconds(1), maxFlushesPerHour: 3600)
        return policy
    }

    @Test(arguments: 1...24 as ClosedRange<UInt64>)
    func `with ample guard rails no host is blocked longer than one look`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var load = Simulation.Load()
        load.interval = [5, 30, 300].randomElement(using: &random) ?? 30
        load.errorsPerCheck = .random(in: 1...60, using: &random)
        load.others = .random(in: 0...30, using: &random)
        let limit: UInt64 = [20, 100, 1000].randomElement(using: &random) ?? 100
        let watched: Set<String> = Bool.random(using: &random) ? Set(load.loadBalancers) : []
        var simulation = Simulation(
            seed: seed,
            server: SimulatedServer(
                limit: 100,
                version: [.mysql97, .mariadb].randomElement(using: &random) ?? .mysql97,
                performanceSchema: Bool.random(using: &random)
            ),
            policy: ample(wanted: limit, loadBalancers: watched),
            load: load,
            faults: Simulation.Faults(failedRaise: 3, restart: 300)
        )
        simulation.run(seconds: 3 * 3600)
        for turn in simulation.turns {
            // A raise that failed is followed by another look in the same second, which flushes.
            if case .raise = turn.assessment.decision { continue }
            #expect(turn.stillBlocked == [])
        }
    }

    @Test(
        arguments: [
            (.mysql97, true, 30, 100), (.mysql97, false, 300, 5000), (.mysql(5, 7, 44), true, 30, 100),
            (.mariadb, true, 300, 100), (.mariadb, false, 30, 100), (.mariadb, false, 300, 5000),
        ] as [(ServerVersion, Bool, Int64, UInt64)]
    )
    func `health checks alone never block anybody`(
        version: ServerVersion,
        performanceSchema: Bool,
        interval: Int64,
        wanted: UInt64
    ) {
        var load = Simulation.Load()
        load.interval = interval
        var policy = Policy()
        policy.isEnforcing = true
        policy.wantedLimit = wanted
        policy.loadBalancers = Set(load.loadBalancers)
        var simulation = Simulation(
            seed: 1,
            server: SimulatedServer(limit: 100, version: version, performanceSchema: performanceSchema),
            policy: policy,
            load: load,
            faults: Simulation.Faults(restart: 2000)
        )
        // Over the first flush that the schedule wants, at half the window.
        simulation.run(seconds: wanted == 5000 ? 40 * 3600 : 6 * 3600)
        #expect(simulation.server.refused == 0)
        #expect(simulation.controller.counters.flushes[.blocked] == nil)
    }

    @Test(arguments: [false, true])
    func `in observe the same load blocks and nothing is done about it`(performanceSchema: Bool) {
        var policy = Policy()
        policy.loadBalancers = ["10.0.1.23", "10.0.2.23"]
        var simulation = Simulation(
            seed: 1,
            server: SimulatedServer(limit: 100, performanceSchema: performanceSchema),
            policy: policy,
            load: Simulation.Load(),
            faults: Simulation.Faults()
        )
        simulation.run(seconds: 3600)
        #expect(simulation.server.blocked == ["10.0.1.23", "10.0.2.23"])
        #expect(simulation.turns.allSatisfy { $0.assessment.decision == .hold })
        #expect(simulation.turns.last?.assessment.trigger == .blocked)
        let hosts = simulation.turns.last?.assessment.forecast.blocked.map(\.row) ?? []
        #expect(simulation.controller.counters.handshakeErrors == 200)
        #expect(
            simulation.controller.counters.blockedConnections
                == hosts.map(\.blockedConnections).reduce(0, +)
        )
    }
}
