import HostCacheCore
import TestSupport

/// A server under load and the controller that guards it, over simulated time.
///
/// Does what the daemon does with each decision, as faulty as ``Faults`` says, and keeps what happened.
struct Simulation {
    /// What goes wrong, each in one of that many cases; zero for never.
    struct Faults {
        /// The connection is lost while a flush runs; half of these flushes took effect.
        var unknownFlush = 0
        /// A flush is refused.
        var refusedFlush = 0
        /// A raise fails.
        var failedRaise = 0
        /// A raise is answered with OK and sets nothing.
        var vainRaise = 0
        /// The connection is lost while a raise runs; half of these raises took effect.
        var unknownRaise = 0
        /// Somebody else flushes between two looks.
        var foreignFlush = 0
        /// Somebody sets the limit to a hundred between two looks.
        var loweredLimit = 0
        /// Somebody sends a FLUSH of something else after a look.
        var otherFlush = 0
        /// Somebody sets the status counters to zero after a look.
        var flushStatus = 0
        /// Somebody turns the host cache off, or on again, between two looks.
        var toggledHostCache = 0
        /// Somebody sets the server's clock, by two hours at most.
        var setClock = 0
        /// The server restarts between two looks.
        var restart = 0
        /// The daemon restarts with its state, and is away for a minute at most.
        var daemonRestart = 0
        /// The longest time the daemon is away, in seconds.
        var absence: Int64 = 60
    }

    /// What drops connections.
    struct Load {
        var loadBalancers: [String] = ["10.0.1.23", "10.0.2.23"]
        var interval: Int64 = 30
        var errorsPerCheck: UInt64 = 6
        /// The most errors another host makes at once; it does every ten seconds or so.
        var others: UInt64 = 0
        /// Seconds between two logins of an application through each load balancer; zero for none.
        var loginInterval: Int64 = 0
        /// Seconds from a moment that is a multiple of ``loginInterval`` to a login.
        var loginPhase: Int64 = 0
    }

    /// One turn: what was seen, decided and done.
    struct Turn {
        var seen: Observation
        var assessment: Assessment
        /// The most that any host had truly spent.
        var mostSpent: UInt64
        /// Watched addresses that were blocked when the turn was over.
        var stillBlocked: [String]
    }

    private(set) var server: SimulatedServer
    private(set) var controller: Controller
    private(set) var turns: [Turn] = []
    /// When flushes were sent, in seconds since the simulation began.
    private(set) var flushes: [Int64] = []
    private var random: SeededGenerator
    private let load: Load
    private let faults: Faults

    init(seed: UInt64, server: SimulatedServer, policy: Policy, load: Load, faults: Faults) {
        random = SeededGenerator(seed: seed)
        self.server = server
        self.load = load
        self.faults = faults
        controller = Controller(policy: policy, memory: Memory(), counters: Counters())
    }

    /// Takes turns until that much time has passed.
    mutating func run(seconds: Int64) {
        while server.now < seconds {
            let seen = server.look()
            let mostSpent = server.mostSpent
            let assessment = controller.look(seen, interval: .seconds(load.interval))
            let isRaised = act(on: assessment, seen)
            let blocked = server.blocked.filter(controller.policy.watches)
            turns.append(
                Turn(seen: seen, assessment: assessment, mostSpent: mostSpent, stillBlocked: blocked)
            )
            // After a raise the daemon looks again at once.
            if !isRaised { wait(assessment.nextLook) }
        }
    }

    /// Whether a raise was tried.
    private mutating func act(on assessment: Assessment, _ seen: Observation) -> Bool {
        switch assessment.decision {
        case .hold:
            return false
        case .raise(let statement, let limit):
            raise(to: limit, with: statement, seen)
            return true
        case .flush(let statements, let trigger):
            controller.flushBegins(trigger, at: seen.instant)
            controller.flushSends()
            flushes.append(server.now)
            flush(with: statements[0], seen)
            return false
        }
    }

    private mutating func raise(to limit: UInt64, with statement: RaiseStatement, _ seen: Observation) {
        controller.raiseBegins(seen, to: limit, with: statement)
        if happens(faults.failedRaise) {
            // By a privilege, which leaves SET GLOBAL, or by what nothing is known of.
            controller.raiseFailed(statement, Bool.random(using: &random) ? 1227 : nil, at: seen.instant)
        } else if happens(faults.vainRaise) {
            controller.raiseFailed(statement, nil, at: seen.instant)
        } else if happens(faults.unknownRaise) {
            if Bool.random(using: &random) { server.setLimit(limit, persist: statement.outlivesRestart) }
        } else {
            server.setLimit(limit, persist: statement.outlivesRestart)
            controller.raiseSucceeded(seen, to: limit, isPersisted: statement.outlivesRestart)
        }
    }

    private mutating func flush(with statement: FlushStatement, _ seen: Observation) {
        var outcome: FlushOutcome
        if happens(faults.refusedFlush) {
            outcome = .refused(1142)
            if statement == .flush { server.runOtherFlush() }
        } else if happens(faults.unknownFlush) {
            outcome = .unknown
            if Bool.random(using: &random) { server.run(statement) }
        } else {
            server.run(statement)
            outcome = FlushOutcome(
                before: seen.rows,
                after: server.look().rows,
                flushSecond: seen.serverSecond,
                isVisible: seen.exposure == .visible
            )
        }
        controller.flushEnded(
            outcome,
            with: statement,
            before: seen,
            at: seen.instant
        )
    }

    private mutating func wait(_ pause: Duration) {
        if happens(faults.otherFlush) { server.runOtherFlush() }
        if happens(faults.flushStatus) { server.flushStatus() }
        pass(pause)
        if happens(faults.daemonRestart) {
            controller = Controller(
                policy: controller.policy,
                memory: controller.memory,
                counters: controller.counters
            )
            pass(.seconds(Int64.random(in: 0...faults.absence, using: &random)))
        }
    }

    private mutating func pass(_ pause: Duration) {
        let end = server.now + max(1, pause.wholeSeconds)
        while true {
            let nextCheck = load.loadBalancers.indices.map(untilCheck).min() ?? load.interval
            let nextOther = load.others > 0 ? Int64.random(in: 1...20, using: &random) : nextCheck
            let step = min(nextCheck, nextOther, untilLogin ?? nextCheck)
            let logsIn = step == untilLogin
            guard server.now + step <= end else { break }
            server.pass(seconds: step)
            for place in load.loadBalancers.indices where untilCheck(place) == load.interval {
                server.drop(load.errorsPerCheck, from: load.loadBalancers[place])
            }
            for balancer in load.loadBalancers where logsIn { server.login(from: balancer) }
            if step == nextOther, load.others > 0 { visit() }
        }
        server.pass(seconds: end - server.now)
        if happens(faults.foreignFlush) { server.run(.flush) }
        if happens(faults.loweredLimit) { server.setLimit(100) }
        if happens(faults.toggledHostCache) {
            server.setHostCacheSize(server.settings.hostCacheSize > 0 ? 0 : 279)
        }
        if happens(faults.setClock) { server.setClock(by: .random(in: -7200...7200, using: &random)) }
        // Not in its first seconds: a life that short cannot be told from the next one.
        if happens(faults.restart), server.uptime >= 20 { server.restart() }
    }

    /// Seconds until the next health check of one load balancer; each has a phase of its own.
    private func untilCheck(_ place: Int) -> Int64 {
        load.interval - (server.now + 7 * Int64(place)) % load.interval
    }

    /// Seconds until the application logs in; nil where it never does.
    private var untilLogin: Int64? {
        guard load.loginInterval > 0 else { return nil }
        return load.loginInterval - (server.now + load.loginInterval - load.loginPhase) % load.loginInterval
    }

    /// Another host drops some connections, and may log in after that.
    private mutating func visit() {
        let address = "10.0.9.\(Int.random(in: 1...3, using: &random))"
        server.drop(.random(in: 1...load.others, using: &random), from: address)
        if happens(4) { server.login(from: address) }
    }

    private mutating func happens(_ oneIn: Int) -> Bool {
        oneIn > 0 && Int.random(in: 0..<oneIn, using: &random) == 0
    }
}
