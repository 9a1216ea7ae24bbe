import HostCacheCore
import MariaDBClient
import Synchronization

/// Learns what the account may do on one server, and keeps it until it is due again.
final class PrivilegeReader: Sendable {
    /// Every statement it sends, in order.
    static let statements = [grants, account]

    /// Without `FOR` both flavours include the active roles' privileges; with it MariaDB does not (10.11, tried).
    private static let grants = "SHOW GRANTS"
    private static let account = "SELECT CURRENT_USER() AS ACCOUNT"

    /// How old an answer may be while all is granted, and while something is not.
    private static let longest = Duration.seconds(600)
    private static let longestWithGaps = Duration.seconds(10)

    private struct State {
        var known = Privileges.unknown
        /// The lines that `known` was made of, understood or not.
        var grants: [String] = []
        /// The server that they are of.
        var identity: String?
        var readAt: Duration?
        /// Refused for want of a privilege, whatever the grants say; until the grants change, over connections.
        var refusesRaise = false
        var refusedFlushes: Set<FlushStatement> = []

        /// What is known, with the server's own word where the grants leave it open.
        var privileges: Privileges {
            var privileges = known
            // One privilege is for both.
            if refusesRaise || refusedFlushes.contains(.resize), known.mayRaise == nil {
                privileges.mayRaise = false
            }
            if refusedFlushes.contains(.flush), known.mayFlush == nil { privileges.mayFlush = false }
            if refusedFlushes.contains(.truncate), known.mayTruncate == nil { privileges.mayTruncate = false }
            return privileges
        }
    }

    private let state = Mutex(State())

    /// What the account may do, asked anew where that is due.
    ///
    /// Throws ``ServerFailure`` or `CancellationError` when the connection is lost; an answer that says nothing
    /// leaves everything unknown.
    func privileges(
        _ session: Session,
        version: ServerVersion,
        identity: String,
        at now: Duration
    ) async throws -> Privileges {
        let (known, readAt) = state.withLock { state in
            if state.identity != identity { state = State() }
            state.identity = identity
            return (state.privileges, state.readAt)
        }
        let bound = known.hasGaps(on: version.flavour) ? Self.longestWithGaps : Self.longest
        if let readAt, now - readAt < bound { return known }
        let (fresh, grants) = try await read(session, version: version)
        return state.withLock { state in
            if state.grants != grants {
                state.grants = grants
                state.refusesRaise = false
                state.refusedFlushes = []
            }
            state.known = fresh
            state.readAt = now
            return state.privileges
        }
    }

    /// Asks anew next time: the connection is a new one, or the server just refused to show the rows.
    func forget() {
        state.withLock { $0.readAt = nil }
    }

    /// Takes note of a statement the server refused.
    ///
    /// - Parameters:
    ///   - sql: The statement.
    ///   - code: The server's error; only 1142 and 1227 are about privileges.
    func note(refusalOf sql: String, _ code: UInt32) {
        state.withLock { state in
            state.readAt = nil
            guard code == 1142 || code == 1227 else { return }
            if let statement = FlushStatement.allCases.first(where: { $0.sql == sql }) {
                state.refusedFlushes.insert(statement)
            } else {
                state.refusesRaise = true
            }
        }
    }

    private func read(
        _ session: Session,
        version: ServerVersion
    ) async throws -> (privileges: Privileges, grants: [String]) {
        do {
            let grants = try await session.ask(Self.grants).rows.compactMap { $0.values.first ?? nil }
            let account = try await session.ask(Self.account).rows.first.flatMap { try $0["ACCOUNT"] }
            let privileges = Privileges(
                grants: grants,
                account: account.flatMap { Account(currentUser: $0) },
                version: version
            )
            return (privileges, grants)
        } catch let failure as ServerFailure where !failure.losesConnection {
            // With --skip-grant-tables there are none to show (1290), and everything is allowed.
            return (.unknown, [])
        }
    }
}
