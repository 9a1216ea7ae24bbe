import TestSupport
import TestTraits
import Testing

/// Every behaviour of a server that the project builds on, asked of each server of the matrix.
///
/// A case puts the server itself beside what the project makes of it: reader, core or daemon. The cases of one
/// server follow each other, the servers go side by side.
@Suite(.matrix, .tags(.server), .timeLimit(.minutes(10))) enum Matrix {
    typealias Kind = ThrowawayServer.Kind

    /// How a server of the matrix is set up, besides what every throw-away server is.
    enum Setup: Hashable, Sendable {
        /// Everything visible, with a binary log and a second TCP port.
        case usual
        /// `performance_schema = OFF`, MariaDB's default.
        case performanceSchemaOff
        /// `skip_name_resolve = ON`.
        case skipNameResolve
        /// MariaDB that says it is MySQL 8.0.36; MySQL cannot be told what to say.
        case otherVersion
        /// The name service gives no answer.
        case namesUnreachable
    }

    /// Runs the calling test's case on a server, once it is that server's turn.
    ///
    /// Skips the case, with the reason, where the server is not installed.
    static func on(_ kind: Kind, _ setup: Setup = .usual, _ body: (Subject) async throws -> Void) async throws
    {
        let entry = MatrixReport.Entry(kind: kind, name: Test.current?.displayName ?? "unnamed")
        do {
            try kind.skipUnlessExpected()
        } catch {
            await MatrixReport.shared.add(entry, .skipped)
            throw error
        }
        let stand = try #require(MatrixTrait.stands[kind])
        await stand.takeTurn()
        do {
            try await MatrixReport.$entry.withValue(entry) { try await body(stand.subject(setup)) }
            await MatrixReport.shared.add(entry, .ok)
        } catch {
            await MatrixReport.shared.add(entry, .failed)
            await stand.endTurn()
            throw error
        }
        await stand.endTurn()
    }
}
