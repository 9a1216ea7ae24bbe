import HostCacheCore

/// Publishes the deadlines of one loop: around its sleeps and around every wait for a server or for AWS.
package struct LoopWatch: Sendable {
    private let deadlines: LoopDeadlines
    private let loop: LoopJob.Subject
    /// The most that one statement or call takes; between two waits the loop has as long.
    private let bound: Duration
    private let now: @Sendable () -> Duration

    /// - Parameters:
    ///   - deadlines: Where to publish.
    ///   - loop: Which loop.
    ///   - bound: The most that one statement or call takes.
    ///   - timekeeper: The process's clocks.
    package init(_ deadlines: LoopDeadlines, _ loop: LoopJob.Subject, bound: Duration, timekeeper: Timekeeper)
    {
        self.deadlines = deadlines
        self.loop = loop
        self.bound = bound
        now = timekeeper.now
    }

    /// Runs a wait that ends by itself after that time.
    func during<Value>(_ longest: Duration, _ wait: () async throws -> Value) async rethrows -> Value {
        deadlines.expect(loop, by: now() + longest)
        defer { deadlines.expect(loop, by: now() + bound) }
        return try await wait()
    }

    /// Runs the whole loop; when it has ended, nothing more is expected of it.
    package func run(_ loop: () async -> Void) async {
        deadlines.expect(self.loop, by: now() + bound)
        await loop()
        deadlines.forget(self.loop)
    }
}

extension Timekeeper {
    /// The same clocks, with every sleep published.
    package func watched(by watch: LoopWatch) -> Timekeeper {
        Timekeeper(
            now: now,
            wall: wall,
            sleep: { [sleep] duration in try await watch.during(duration) { try await sleep(duration) } }
        )
    }
}

extension ServerPort {
    /// More statements than any look or connect sends.
    private static let mostStatements = 16

    /// The same port, with every wait for the server published.
    ///
    /// - Parameters:
    ///   - watch: Where to.
    ///   - connect: The most that connecting takes.
    ///   - statement: The most that one statement takes.
    /// - Returns: The port to use.
    package func watched(by watch: LoopWatch, connect: Duration, statement: Duration) -> ServerPort {
        let open = self.connect
        let look = statement * Self.mostStatements
        return ServerPort {
            var connection = try await watch.during(connect + look) { try await open() }
            let (observe, execute, close) = (connection.observe, connection.execute, connection.close)
            let (seek, leader) = (connection.seekLeadership, connection.leader)
            connection.observe = { try await watch.during(look) { try await observe() } }
            connection.execute = { sql in try await watch.during(statement) { try await execute(sql) } }
            connection.seekLeadership = { try await watch.during(look) { try await seek() } }
            connection.leader = { try await watch.during(look) { try await leader() } }
            connection.close = { await watch.during(statement) { await close() } }
            return connection
        }
    }
}

extension TargetGroupPort {
    /// The calls of one look, at most: groups, targets, tags, and pages of them.
    private static let mostCalls = 8

    /// The same port, with every wait for AWS published.
    ///
    /// - Parameters:
    ///   - watch: Where to.
    ///   - call: The most that one call takes, its tries included.
    /// - Returns: The port to use.
    package func watched(by watch: LoopWatch, call: Duration) -> TargetGroupPort {
        let (describe, modify) = (describe, modify)
        return TargetGroupPort(
            describe: { arn in try await watch.during(call * Self.mostCalls) { try await describe(arn) } },
            modify: { arn, change in try await watch.during(call) { try await modify(arn, change) } }
        )
    }
}
