package import HostCacheCore
package import Logging

/// Logs in through each address of a server's load balancer, again and again, until it is cancelled.
///
/// Apart from the server's own loop, which it never holds up. A login changes no setting and is no entry of the
/// audit; metrics and the log tell of it.
package struct KeepAliveLoop: Sendable {
    private let server: String
    private let via: [String]
    private let evidence: @Sendable () -> KeepAliveEvidence?
    private let assumedWindow: TimeToBlock
    private let port: KeepAlivePort
    private let records: RecordKeeper
    private let board: StatusBoard
    private let timekeeper: Timekeeper
    private let logger: Logger

    /// - Parameters:
    ///   - server: Its configured name.
    ///   - via: Names and addresses of the load balancer, as configured.
    ///   - evidence: What the last look showed, asked before each round; nil while the server cannot be looked at,
    ///     and then the last one counts.
    ///   - assumedWindow: From clean to blocked until there is one.
    ///   - port: Its outside world.
    ///   - records: Where outcomes are kept for `diagnose`.
    ///   - board: Where metrics come from.
    ///   - timekeeper: The clocks.
    ///   - logger: Where to tell what changed.
    package init(
        server: String,
        via: [String],
        evidence: @escaping @Sendable () -> KeepAliveEvidence?,
        assumedWindow: TimeToBlock,
        port: KeepAlivePort,
        records: RecordKeeper,
        board: StatusBoard,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.server = server
        self.via = via
        self.evidence = evidence
        self.assumedWindow = assumedWindow
        self.port = port
        self.records = records
        self.board = board
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// The longest sleep is short: a look may show at any time that a login is due at once.
    private static let sleeps = Duration.milliseconds(100)...Duration.milliseconds(500)
    private static let lookupPause = Duration.seconds(30)
    /// How old a record of the outcomes may become while logins are made.
    private static let longestSilence = Duration.seconds(60)
    /// How long an answer about a direct connection is good, and how long a failure to get one is.
    private static let directHostAge = (known: Duration.seconds(3600), unknown: Duration.seconds(60))

    private struct Turn {
        var log: ServerLog
        /// The last look; nil before the first.
        var evidence: KeepAliveEvidence?
        /// By address.
        var targets: [String: KeepAliveTarget] = [:]
        /// When the outcomes were recorded last.
        var savedAt: Duration?
        /// The last addresses of each name, and when they were asked for.
        var resolved: [String: Set<String>] = [:]
        var resolvedAt: Duration?
        /// The addresses that the server sees on a direct connection, nil when they are not known, and when
        /// that was asked.
        var direct: (addresses: Set<String>?, at: Duration)?
    }

    /// Runs until cancelled; never throws.
    package func run() async {
        var turn = Turn(log: ServerLog(logger, .server, server))
        while !Task.isCancelled {
            let sleep = await step(&turn)
            // Cancellation ends the wait; the loop sees it.
            try? await timekeeper.sleep(sleep)
        }
    }

    /// One round: log in where that is due; how long to sleep afterwards.
    private func step(_ turn: inout Turn) async -> Duration {
        turn.evidence = evidence() ?? turn.evidence
        guard let plan = KeepAlivePlan(window: turn.evidence?.window ?? assumedWindow) else {
            board.update(server) { $0.keepAlive?.period = nil }
            turn.log.tell("plan", "none", .notice, "nobody can be blocked, no keep-alive logins", [:])
            return Self.sleeps.upperBound
        }
        tell(plan, &turn)
        await resolve(&turn)
        let now = timekeeper.now()
        let dueAt = turn.targets.mapValues { [evidence = turn.evidence] in $0.dueAt(plan, evidence) }
        let due = dueAt.filter { $0.value <= now }
            .sorted { ($0.value, $0.key) < ($1.value, $1.key) }
            .map(\.key)
        if !due.isEmpty {
            // One password, one try at a time until it is let in: a rotated one is not refused at each node.
            let batch = port.isProven() ? due : Array(due.prefix(1))
            let own = await ownAddresses(&turn)
            for login in await logIn(batch) {
                await note(login, own: own, &turn)
            }
        }
        show(plan, turn)
        return sleep(plan, turn)
    }

    private func sleep(_ plan: KeepAlivePlan, _ turn: Turn) -> Duration {
        let next = turn.targets.values.map { $0.dueAt(plan, turn.evidence) - timekeeper.now() }.min()
        return max(Self.sleeps.lowerBound, min(next ?? Self.sleeps.upperBound, Self.sleeps.upperBound))
    }

    private func tell(_ plan: KeepAlivePlan, _ turn: inout Turn) {
        let keepsUp = plan.keepsUp
        turn.log.tell(
            "plan",
            keepsUp ? "on" : "slow",
            keepsUp ? .notice : .error,
            keepsUp
                ? "keep-alive logins are on" : "keep-alive logins cannot keep up with the errors",
            [.via: via.joined(separator: " "), .period: "\(plan)", .window: plan.window.phrase]
        )
    }

    /// Looks the names up again; a name that cannot be resolved keeps its last addresses.
    private func resolve(_ turn: inout Turn) async {
        let now = timekeeper.now()
        if let last = turn.resolvedAt, now - last < Self.lookupPause { return }
        turn.resolvedAt = now
        for name in via {
            do {
                turn.resolved[name] = try await port.resolve(name)
                turn.log.know("resolve \(name)", nil)
            } catch {
                turn.log.tell(
                    "resolve \(name)",
                    "failed",
                    .warning,
                    "a load balancer's name cannot be resolved, its last addresses are kept",
                    [.via: name, .error: "\(error)"]
                )
            }
        }
        let current = turn.resolved.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        // An answer may leave out a zone that is marked unhealthy while its health checks go on: as long as logins
        // through an address succeed, it is there.
        turn.targets = turn.targets.filter { address, target in
            current.contains(address) || target.outcome.map { $0 != .failed } ?? false
        }
        for address in current where turn.targets[address] == nil {
            turn.targets[address] = KeepAliveTarget()
        }
    }

    /// All addresses that stand for this machine; nil when it is not known how the server sees us directly.
    private func ownAddresses(_ turn: inout Turn) async -> Set<String>? {
        let now = timekeeper.now()
        let longest = turn.direct?.addresses == nil ? Self.directHostAge.unknown : Self.directHostAge.known
        if turn.direct.map({ now - $0.at >= longest }) ?? true {
            turn.direct = (await directAddresses(&turn), now)
        }
        do {
            return try turn.direct?.addresses?.union(port.interfaces())
        } catch {
            turn.log.tell(
                "interfaces",
                "failed",
                .error,
                "keep-alive logins prove nothing",
                [.error: "\(error)"]
            )
            return nil
        }
    }

    private func directAddresses(_ turn: inout Turn) async -> Set<String>? {
        do {
            let addresses = try await port.resolve(port.directHost())
            turn.log.know("direct", nil)
            return addresses
        } catch {
            guard !Task.isCancelled else { return nil }
            turn.log.tell(
                "direct",
                "failed",
                .warning,
                "how the server sees a direct connection is not known, keep-alive logins prove nothing",
                [.error: "\(error)"]
            )
            return nil
        }
    }

    private struct Attempt: Sendable {
        var address: String
        /// The host that the server saw, with its addresses as far as they are known.
        var result: Result<(host: String, addresses: Set<String>), any Error>
    }

    /// Logs in through several addresses side by side, so that a dead one holds up no other.
    private func logIn(_ addresses: [String]) async -> [Attempt] {
        await withTaskGroup { tasks in
            for address in addresses {
                tasks.addTask { await attempt(address) }
            }
            return await tasks.reduce(into: []) { $0.append($1) }
        }
    }

    private func attempt(_ address: String) async -> Attempt {
        do {
            let host = try await port.login(address)
            // A host without addresses is a case of its own: it proves nothing.
            let addresses = (try? await port.resolve(host)) ?? []
            return Attempt(address: address, result: .success((host, addresses)))
        } catch {
            return Attempt(address: address, result: .failure(error))
        }
    }

    private func note(_ attempt: Attempt, own: Set<String>?, _ turn: inout Turn) async {
        guard !Task.isCancelled else { return }
        let (outcome, seen): (KeepAliveOutcome, Set<String>) =
            switch attempt.result {
            case .success(let seen): (KeepAliveOutcome(seen: seen.addresses, own: own), seen.addresses)
            case .failure: (.failed, [])
            }
        let before = turn.targets[attempt.address]?.outcome
        turn.targets[attempt.address]?.note(outcome, seen: seen, turn.evidence, at: timekeeper.now())
        board.update(server) { $0.keepAlive?.logins[outcome, default: 0] += 1 }
        tell(attempt, outcome, &turn)
        // Now and then also what has not changed: diagnose believes nothing old.
        let isOld = turn.savedAt.map { timekeeper.now() - $0 >= Self.longestSilence } ?? true
        if outcome != before || isOld {
            turn.savedAt = timekeeper.now()
            await records.save(turn.targets.compactMapValues(\.outcome), ofKeepAliveOf: server)
        }
    }

    private func tell(_ attempt: Attempt, _ outcome: KeepAliveOutcome, _ turn: inout Turn) {
        let (message, level): (Logger.Message, Logger.Level) =
            switch outcome {
            case .proved: ("keep-alive logins keep a load balancer's address free", .notice)
            case .ownAddress: ("the server sees our own address, keep-alive logins there do not help", .error)
            case .unknown: ("whose address a keep-alive login comes from is not known", .warning)
            case .failed: ("keep-alive login failed", .warning)
            }
        let topic = "login \(attempt.address)"
        switch attempt.result {
        case .success(let seen):
            turn.log.tell(
                topic,
                "\(outcome) \(seen.host)",
                level,
                message,
                outcome == .ownAddress
                    ? [
                        .via: attempt.address, .address: seen.host,
                        .finding: Finding.Code.addressPreserved.rawValue,
                        .advice: "turn client IP preservation off on the target group",
                    ] : [.via: attempt.address, .address: seen.host]
            )
        case .failure(let error):
            let reason = (error as? ServerFailure)?.reason.rawValue ?? "unexpected"
            turn.log.tell(
                topic,
                "\(outcome) \(reason)",
                level,
                message,
                [.via: attempt.address, .reason: reason, .error: "\(error)"]
            )
        }
    }

    private func show(_ plan: KeepAlivePlan, _ turn: Turn) {
        let now = timekeeper.now()
        board.update(server) { status in
            status.keepAlive?.period = plan.period
            status.keepAlive?.kept = turn.targets.mapValues { $0.isKept(plan, turn.evidence, at: now) }
        }
    }
}
