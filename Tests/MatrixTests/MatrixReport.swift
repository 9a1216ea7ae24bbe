import Synchronization
import TestSupport

/// What became of each case on each server, a line each.
actor MatrixReport {
    enum Outcome: String {
        case ok
        case skipped
        case failed = "FAILED"
    }

    /// One case on one server.
    final class Entry: Sendable {
        let kind: ThrowawayServer.Kind
        let name: String
        private let hasFailed = Mutex(false)

        init(kind: ThrowawayServer.Kind, name: String) {
            self.kind = kind
            self.name = name
        }

        /// An expectation did not hold.
        func fail() { hasFailed.withLock { $0 = true } }

        var isFailed: Bool { hasFailed.withLock(\.self) }
    }

    static let shared = MatrixReport()

    /// The case that runs; nil outside of one.
    @TaskLocal static var entry: Entry?

    private var outcomes: [(entry: Entry, outcome: Outcome)] = []

    /// Notes how a case ended; one with a failed expectation has failed.
    func add(_ entry: Entry, _ outcome: Outcome) {
        outcomes.append((entry, entry.isFailed ? .failed : outcome))
    }

    /// The table, server after server, and a closing line with the counts.
    ///
    /// - Parameter versions: What each server calls itself; those that never ran are missing.
    /// - Returns: Lines without their newlines.
    func lines(versions: [ThrowawayServer.Kind: String]) -> [String] {
        let kinds = ThrowawayServer.Kind.matrix
        let sorted = outcomes.sorted { first, second in
            let order = [first, second].map { kinds.firstIndex(of: $0.entry.kind) ?? kinds.count }
            return (order[0], first.entry.name) < (order[1], second.entry.name)
        }
        let width = sorted.map(\.entry.name.count).max() ?? 0
        let rows = sorted.map { line in
            let kind = line.entry.kind
            let server = versions[kind] ?? "NO \((kind.rootName ?? kind.description).uppercased())"
            return "\(server.padded(to: 16))  \(line.entry.name.padded(to: width))  \(line.outcome.rawValue)"
        }
        let counts = [Outcome.ok, .skipped, .failed].map { outcome in
            "\(outcomes.count { $0.outcome == outcome }) \(outcome.rawValue)"
        }
        let closing =
            "matrix: \(versions.count) of \(kinds.count) servers, \(outcomes.count) cases: "
            + counts.joined(separator: ", ")
        return rows + [closing]
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
