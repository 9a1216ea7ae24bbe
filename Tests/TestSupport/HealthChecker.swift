/// Stands in for a Network Load Balancer that checks a server's health by TCP.
///
/// Each check opens connections from each node's address, reads the first packet and resets. The calls block,
/// so they run on a thread of its own.
package actor HealthChecker {
    /// What the checks have seen.
    package struct Tally: Hashable, Sendable {
        /// Rounds over all nodes.
        package var checks = 0
        /// Connections tried.
        package var connections = 0
        /// Connections the server greeted.
        package var greetings = 0
        /// Connections refused with error 1129, in order.
        package var refused1129: [Refusal] = []
        /// Connections that ended otherwise, counted by what happened, for example `connect: Connection refused`.
        package var other: [String: Int] = [:]
    }

    /// A connection refused because its address is blocked.
    package struct Refusal: Hashable, Sendable {
        package let node: String
        package let time: ContinuousClock.Instant
    }

    private let port: UInt16
    private let nodes: [String]
    private let connectionsPerCheck: Int
    private let interval: @Sendable () async -> Duration
    private let timeScale: Double
    private let timeout: Duration
    private let executor = ThreadExecutor()

    /// Everything seen since the checker was made.
    package private(set) var tally = Tally()

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Prepares checks of the server on 127.0.0.1.
    ///
    /// - Parameters:
    ///   - port: the server's port.
    ///   - nodes: the load balancer's addresses, such as `127.0.0.2`; `127.0.0.1` would never be counted.
    ///   - connectionsPerCheck: connections from each node in one check.
    ///   - timeScale: how many seconds pass in the world of `interval` in one second of ours.
    ///   - timeout: how long one connection may take, in our time.
    ///   - interval: from one check to the next, asked before each pause.
    package init(
        target port: UInt16,
        from nodes: [String],
        connectionsPerCheck: Int,
        timeScale: Double = 1,
        timeout: Duration = .seconds(30),
        interval: @escaping @Sendable () async -> Duration
    ) {
        self.port = port
        self.nodes = nodes
        self.connectionsPerCheck = connectionsPerCheck
        self.interval = interval
        self.timeScale = timeScale
        self.timeout = timeout
    }

    /// Checks once from every node and returns what this check has seen.
    @discardableResult
    package func check() async -> Tally {
        var seen = Tally()
        seen.checks = 1
        for node in nodes {
            for _ in 0..<connectionsPerCheck {
                seen.count(node, answer(to: node))
            }
        }
        tally.add(seen)
        return seen
    }

    /// Checks at once, then after every interval, until the task is cancelled or `duration` of our time is over.
    ///
    /// Returns everything seen since the checker was made.
    @discardableResult
    package func run(for duration: Duration = .seconds(86_400)) async -> Tally {
        let end = ContinuousClock.now + duration
        while !Task.isCancelled {
            await check()
            let next = ContinuousClock.now + (await interval()) / timeScale
            // Cancelled: the condition of the loop sees it.
            try? await Task.sleep(until: min(next, end), clock: .continuous)
            guard next < end else { break }
        }
        return tally
    }

    private func answer(to node: String) -> Result<FirstPacket, HealthCheckFailure> {
        Result { () throws(HealthCheckFailure) in
            try HealthCheckConnection.check(port: port, from: node, timeout: timeout)
        }
    }
}

extension HealthChecker.Tally {
    fileprivate mutating func count(_ node: String, _ answer: Result<FirstPacket, HealthCheckFailure>) {
        connections += 1
        switch answer {
        case .success(.greeting): greetings += 1
        case .success(.refusal(code: 1129, _)): refused1129.append(.init(node: node, time: .now))
        case .success(.refusal(let code, _)): other["error \(code)", default: 0] += 1
        case .success(.unknown): other["not a MySQL server", default: 0] += 1
        case .failure(let failure): other[failure.description, default: 0] += 1
        }
    }

    fileprivate mutating func add(_ more: Self) {
        checks += more.checks
        connections += more.connections
        greetings += more.greetings
        refused1129 += more.refused1129
        other.merge(more.other, uniquingKeysWith: +)
    }
}
