package import Logging

/// Looks up the names of load balancers again and again, until it is cancelled.
///
/// A name that cannot be looked up keeps its last answer.
package struct NameLoop: Sendable {
    private let names: [String]
    private let resolver: NameResolver
    private let board: LoadBalancerBoard
    private let timekeeper: Timekeeper
    private let logger: Logger

    package init(
        names: [String],
        resolver: NameResolver,
        board: LoadBalancerBoard,
        timekeeper: Timekeeper,
        logger: Logger
    ) {
        self.names = names
        self.resolver = resolver
        self.board = board
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// The answers of a load balancer's name are good for 60 s (AWS, "Network Load Balancers": DNS TTL).
    private static let pause = Duration.seconds(60)

    /// What is held to be known by the reader of the log, by name.
    package typealias Logs = [String: ServerLog]

    /// Looks all names up, then every minute; never throws.
    ///
    /// - Parameter logs: As ``refresh(_:)`` left them.
    package func run(_ logs: Logs) async {
        var logs = logs
        guard !names.isEmpty else { return }
        while !Task.isCancelled {
            // Cancellation ends the wait; the loop sees it for itself.
            try? await timekeeper.sleep(Self.pause)
            if !Task.isCancelled { await refresh(&logs) }
        }
    }

    /// Looks all names up side by side.
    package func refresh(_ logs: inout Logs) async {
        let answers = await withTaskGroup { group in
            for name in names {
                group.addTask { (name, await answer(name)) }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        // Lookups that were cut off at the end say nothing of the names.
        guard !Task.isCancelled else { return }
        for name in names {
            var log = logs[name] ?? ServerLog(logger, .name, name)
            switch answers[name] {
            case .success(let addresses):
                board.know(name, addresses, at: timekeeper.now())
                let text = addresses.joined(separator: " ")
                log.tell("addresses", text, .info, "load balancer's addresses looked up", [.hosts: text])
                log.know("failure", nil)
            case .failure(let failure):
                let known = board.addresses(of: [name]).addresses.sorted().joined(separator: " ")
                log.tell(
                    "failure",
                    "failed",
                    .warning,
                    "load balancer's name cannot be looked up",
                    [.error: "\(failure)", .hosts: known.isEmpty ? "none known" : known]
                )
            case nil: break
            }
            logs[name] = log
        }
    }

    private func answer(_ name: String) async -> Result<[String], any Error> {
        do {
            return .success(try await resolver.addresses(name))
        } catch {
            return .failure(error)
        }
    }
}
