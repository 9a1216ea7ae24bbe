import MariaDBClient
import Synchronization

/// Connections of ours that were given up and may live on at the server: with a statement that waits there, and with
/// the lock.
///
/// One for all connections to one server, so that the next one ends what the last one left.
package final class Ghosts: Sendable {
    /// By the server's number of the connection: when it was opened, by the continuous clock.
    private let known = Mutex<[UInt64: Duration]>([:])

    package init() {}

    /// Who a number belongs to now.
    ///
    /// Without the privilege PROCESS a session sees those of its own account only, which is all that is wanted.
    package static func list(_ connections: [UInt64]) -> String {
        let numbers = connections.map { "\($0)" }.joined(separator: ", ")
        return """
            SELECT ID, USER, HOST, COMMAND, INFO FROM information_schema.PROCESSLIST \
            WHERE ID = CONNECTION_ID() OR ID IN (\(numbers))
            """
    }

    /// How long the server runs: after a restart its numbers belong to others.
    package static let uptime = "SHOW GLOBAL STATUS WHERE Variable_name = 'Uptime'"

    /// Ends a connection; no account needs a privilege for its own (MySQL and MariaDB manuals, "KILL").
    package static func kill(_ connection: UInt64) -> String { "KILL \(connection)" }

    /// Remembers a connection that was given up.
    package func add(_ connection: UInt64, openedAt instant: Duration) {
        known.withLock { $0[connection] = instant }
    }

    /// Whether that connection is one that was given up.
    func contains(_ connection: UInt64) -> Bool { known.withLock { $0[connection] != nil } }

    /// Ends those that the server still has, and forgets the others; asks nothing where none is known.
    ///
    /// Throws ``ServerFailure`` only where the session is lost. A server that answers none of this has its bounds.
    func end(through session: Session, at now: Duration) async throws {
        guard known.withLock({ !$0.isEmpty }) else { return }
        do {
            let uptime = try Values(await session.ask(Self.uptime), of: "SHOW GLOBAL STATUS").count("Uptime")
            // Whole seconds, rounded down.
            let start = now - .seconds(Int64(clamping: uptime)) - .seconds(1)
            let candidates = known.withLock { known in
                known = known.filter { $0.value >= start }
                return known.keys.sorted()
            }
            guard !candidates.isEmpty else { return }
            let living = try await living(candidates, session)
            known.withLock { known in known = known.filter { living.contains($0.key) } }
            for connection in living { _ = try await session.ask(Self.kill(connection)) }
        } catch let failure as ServerFailure {
            guard !failure.losesConnection else { throw failure }
            // Not known any more, or not to be asked about.
            known.withLock { $0 = [:] }
        }
    }

    /// Those of them that are ours without a doubt: our account from our address, with one of our statements or none.
    private func living(_ candidates: [UInt64], _ session: Session) async throws -> [UInt64] {
        let rows = try await session.ask(Self.list(candidates)).rows
        guard let own = try rows.first(where: { try $0["ID"] == "\(session.connectionID)" }) else {
            return []
        }
        return try rows.filter { row in
            let isIdle = try row["COMMAND"] == "Sleep"
            let isMarked = try row["INFO"]?.contains(ObservationReader.mark) == true
            return try row["ID"] != own["ID"] && row["USER"] == own["USER"]
                && Self.host(row["HOST"]) == Self.host(own["HOST"]) && (isIdle || isMarked)
        }
        .compactMap { try $0["ID"].flatMap { UInt64($0) } }
    }

    /// The host without the port.
    private static func host(_ text: String?) -> Substring? {
        text.map { text in text.lastIndex(of: ":").map { text[..<$0] } ?? text[...] }
    }
}
