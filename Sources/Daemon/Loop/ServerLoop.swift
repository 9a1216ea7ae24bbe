package import HostCacheCore
package import Logging

/// Looks at one server, decides and acts, look after look, until it is cancelled.
///
/// A failed look holds: nothing is done on stale evidence, and nothing ends the loop.
package struct ServerLoop: Sendable {
    package let name: String
    package let policy: Policy
    /// The health-check interval in force, asked at each look.
    package let interval: @Sendable () -> Duration
    private let port: ServerPort
    let records: RecordKeeper
    let board: StatusBoard
    let timekeeper: Timekeeper
    private let logger: Logger
    /// The addresses that the names of load balancers stand for, asked at each look; nil where there are no names.
    package var resolved: (@Sendable () -> (addresses: Set<String>, isComplete: Bool))?
    /// The health-check interval of each address whose own load balancer is known, asked at each look along with
    /// ``resolved``; nil where there are no target groups.
    package var ownIntervals: (@Sendable () -> [String: Duration])?

    /// Whether the interval may be another soon, asked before it; nil where there are no target groups.
    package var awaitsInterval: (@Sendable () -> Bool)?
    /// How long to sleep at most while that is so: the window, and what is due by it, may be much too long.
    private static let longestWait = Duration.seconds(5)

    /// Whether the server's name no longer leads to the address of a connection; nil where there is no name.
    package var hasLeft: (@Sendable (_ peer: String) -> Bool)?
    /// How long to sleep at most without asking that.
    private static let longestStretch = Duration.seconds(10)

    package init(
        name: String,
        policy: Policy,
        interval: @escaping @Sendable () -> Duration,
        port: ServerPort,
        records: RecordKeeper,
        board: StatusBoard,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.name = name
        self.policy = policy
        self.interval = interval
        self.port = port
        self.records = records
        self.board = board
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// The longest wait between two tries at a server that is down; never longer than between two looks, so that
    /// one that comes back is looked at as soon.
    private var longestBackoff: Duration { min(.seconds(30), policy.checkInterval) }
    /// A look that is older, or took longer, is taken again: while this process stood still another daemon may
    /// have flushed.
    private static let freshness = Duration.seconds(2)

    /// Runs until cancelled; never throws anything else.
    package func run() async {
        let counters = await records.counters(of: name)
        var turn = Turn(
            controller: Controller(policy: policy, memory: Memory(), counters: counters),
            log: ServerLog(logger, .server, name),
            backoff: Backoff(shortest: .seconds(1), longest: longestBackoff)
        )
        board.update(name) { status in
            status.counters = counters
            status.leadership = .notSought
        }
        while !Task.isCancelled {
            do {
                let connection = try await connect(&turn)
                await watch(connection, &turn)
                await connection.close()
            } catch {
                await holdOff(after: error, &turn)
            }
        }
        await save(turn)
    }

    /// What one loop carries from look to look.
    struct Turn {
        var controller: Controller
        var log: ServerLog
        var backoff: Backoff
        var random = SystemRandomNumberGenerator()
        /// How many reloads are known; a loop that begins after one takes the latches off too.
        var reloads: UInt64 = 0
        /// Whether the look before was too old to act on.
        var looksAgain = false
        /// How long the last login took.
        var login = Duration.zero
    }

    private func connect(_ turn: inout Turn) async throws -> ServerConnection {
        do {
            let begin = timekeeper.now()
            let connection = try await port.connect()
            turn.login = timekeeper.now() - begin
            turn.controller.connectionBegins()
            return connection
        } catch {
            // The look that was to come: a failure never counts without a try.
            board.update(name) { $0.checks += 1 }
            throw error
        }
    }

    /// Looks and acts until the connection is lost or the task is cancelled.
    private func watch(_ connection: ServerConnection, _ turn: inout Turn) async {
        var isFresh = true
        while !Task.isCancelled {
            do {
                var seen = try await isFresh ? look(connection) : lookAfterPause(connection)
                isFresh = false
                turn.log.explainLogin(turn.login, look: board.status(of: name)?.checkDuration)
                let session = SessionPrivileges(first: seen)
                repeat {
                    seen = try await step(seen, connection, &turn)
                } while !session.isOutdated(by: seen, policy: policy)
                return
            } catch is SessionEnded {
                return
            } catch is PeerLeft {
                turn.log.write(
                    .notice,
                    "the server's name leads elsewhere, connecting anew",
                    [.before: connection.peer ?? ""]
                )
                return
            } catch {
                isFresh = false
                let isLost = (error as? ServerFailure)?.losesConnection ?? false
                await holdOff(after: error, &turn)
                if isLost { return }
            }
        }
    }

    /// One turn: judge what was seen, act on it or wait, and look again.
    private func step(
        _ seen: Observation,
        _ connection: ServerConnection,
        _ turn: inout Turn
    ) async throws -> Observation {
        if turn.controller.identity != seen.identity {
            await meet(seen, &turn)
        } else {
            turn.log.tell(
                "server",
                "up",
                .notice,
                "server is up again",
                [.version: "\(seen.settings.version)", .limit: "\(seen.limit)"]
            )
        }
        turn.backoff.reset()
        if turn.reloads != board.configuration.reloads {
            turn.reloads = board.configuration.reloads
            turn.controller.unlatch()
        }
        let leadership = try await leadership(connection, &turn)
        if policy.isEnforcing, timekeeper.now() - seen.instant > Self.freshness, !turn.looksAgain {
            turn.looksAgain = true
            return try await look(connection)
        }
        turn.looksAgain = false
        if let known = resolved?() {
            turn.controller.follow(
                policy.knowing(
                    known.addresses,
                    isComplete: known.isComplete,
                    ownIntervals: ownIntervals?() ?? [:]
                )
            )
        }
        let awaits = awaitsInterval?() ?? false
        let assessment = turn.controller.look(seen, interval: interval(), leadership: leadership)
        try await tell(leadership, assessment, connection, &turn)
        report(assessment, seen, &turn)
        await recordSkip(assessment, seen)
        switch assessment.decision {
        case .hold:
            await save(turn, identity: seen.identity)
            let pause = awaits ? min(Self.longestWait, assessment.nextLook) : assessment.nextLook
            try await rest(pause, connection)
            return try await lookAfterPause(connection)
        case .raise(let statement, let limit):
            return try await raise(to: limit, with: statement, seen, connection, &turn)
        case .flush(let statements, let trigger):
            return try await flush(statements, trigger, assessment, seen, connection, &turn)
        }
    }

    /// The server's name leads to another address than the connection does.
    private struct PeerLeft: Error {}

    /// Sleeps; throws ``PeerLeft`` when the server's name has left the connection's address, or `CancellationError`.
    private func rest(_ pause: Duration, _ connection: ServerConnection) async throws {
        guard let hasLeft, let peer = connection.peer else { return try await timekeeper.sleep(pause) }
        let end = timekeeper.now() + pause
        repeat {
            try await timekeeper.sleep(min(Self.longestStretch, end - timekeeper.now()))
            if hasLeft(peer) { throw PeerLeft() }
        } while timekeeper.now() < end
    }

    /// The server, or what is in between, ended the session while nothing was asked of it.
    private struct SessionEnded: Error {}

    /// A look after a pause; throws ``SessionEnded`` where the session is found to have ended.
    ///
    /// That is no failure: `wait_timeout`, a proxy or an administrator ends silent sessions of a healthy server. It
    /// is one where the next connect fails too.
    private func lookAfterPause(_ connection: ServerConnection) async throws -> Observation {
        do {
            return try await look(connection)
        } catch let failure as ServerFailure where failure.losesConnection && failure.reason == .connect {
            throw SessionEnded()
        }
    }

    /// Takes one look and says how long it took.
    func look(_ connection: ServerConnection) async throws -> Observation {
        board.update(name) { $0.checks += 1 }
        let begin = timekeeper.now()
        var seen = try await connection.observe()
        if policy.isEnforcing, timekeeper.now() - begin > Self.freshness {
            // Once: a server this slow must not be left alone for it.
            seen = try await connection.observe()
        }
        board.update(name) { status in
            status.checkDuration = timekeeper.now() - begin
            status.lastSuccess = timekeeper.wall()
        }
        return seen
    }

    /// A new look, where the one that something was decided on is older than it stays true; else nil.
    ///
    /// Between decision and statement records are written: a slow disk or a frozen process leaves others time to
    /// flush or to raise.
    func lookIfStale(_ seen: Observation, _ connection: ServerConnection) async throws -> Observation? {
        guard timekeeper.now() - seen.instant > Self.freshness else { return nil }
        return try await look(connection)
    }

    /// Shows what an assessment means: on the board for metrics, in the log what changed.
    func report(_ assessment: Assessment, _ seen: Observation, _ turn: inout Turn) {
        board.update(name) { status in
            status.wasTried = true
            status.failure = nil
            status.port = seen.port
            let policy = turn.controller.policy
            status.look = ServerStatus.Look(assessment, seen, policy: policy, timekeeper: timekeeper)
            let balancers = assessment.forecast.hosts.lazy.filter(\.isLoadBalancer).map(\.row.address)
            status.know(policy.loadBalancers.filter { !$0.contains("/") }, rows: balancers)
            status.counters = turn.controller.counters
            status.lastFlush = turn.controller.memory.flushes.last.map { timekeeper.wall(of: $0) }
        }
        turn.log.explain(assessment, seen, policy: turn.controller.policy)
    }

    /// Counts and tells a failure, and waits before the next try.
    private func holdOff(after error: any Error, _ turn: inout Turn) async {
        guard !Task.isCancelled else { return }
        let failure = error as? ServerFailure ?? ServerFailure(unexpected: "\(error)")
        board.update(name) { status in
            status.wasTried = true
            status.failures[failure.reason, default: 0] += 1
            status.failure = failure
            status.look = nil
            status.leadership = .notSought
            status.counters = turn.controller.counters
        }
        let wait = turn.backoff.next(using: &turn.random)
        turn.log.explain(failure, retryIn: wait)
        // Cancellation ends the wait; the loops above see it for themselves.
        try? await timekeeper.sleep(wait)
    }

    /// Writes memory and counters to the disk.
    func save(_ turn: Turn, identity: String? = nil) async {
        guard let identity = identity ?? turn.controller.identity else { return }
        await records.save(turn.controller.memory, turn.controller.counters, of: name, identity: identity)
    }

    /// Sends a statement; the failure that says what became of it, or nil.
    func send(_ sql: String, on connection: ServerConnection) async throws -> ServerFailure? {
        do {
            try await connection.execute(sql)
            return nil
        } catch let failure as ServerFailure {
            return failure
        }
    }
}
