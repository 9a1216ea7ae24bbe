import HostCacheCore
import MariaDBClient

/// The lock on a server by which several daemons agree on who acts first.
///
/// `GET_LOCK` needs no privilege, is not written to the binary log, and ends with the session that holds it
/// (MySQL and MariaDB manuals, "Locking Functions" and "GET_LOCK"). On a Galera node it is the node's own,
/// like the host cache (tried on MariaDB 10.11.19).
package enum LeadershipLock {
    /// Asks who holds it; takes nothing.
    package static let holder = """
        SELECT IS_USED_LOCK('hostcached') AS HOLDER, CONNECTION_ID() AS OWN
        """
    /// Takes it when nobody has it.
    package static let take = "SELECT GET_LOCK('hostcached', 0) AS TAKEN"

    /// Asks who the holder is.
    ///
    /// Without the privilege PROCESS a session sees those of its own account only, which the holder's usually
    /// is.
    package static let client = """
        SELECT USER, HOST FROM information_schema.PROCESSLIST WHERE ID = IS_USED_LOCK('hostcached')
        """

    /// What asks and changes nothing, in the order of its use.
    package static let questions = [holder, client]

    /// Takes the lock when it is free, and says who has it.
    ///
    /// - Parameters:
    ///   - session: Whose lock it is to be.
    ///   - ghosts: Our own connections of before: what one of them still holds is ours.
    /// - Returns: Who has it.
    /// - Throws: ``ServerFailure`` when the connection is lost.
    static func seek(_ session: Session, _ ghosts: Ghosts) async throws -> Leadership {
        do {
            let (holder, own) = try await holder(session)
            if let holder {
                return holder == own || ghosts.contains(holder) ? .holder : .follower(of: holder)
            }
            return switch try await session.ask(take).rows.first.flatMap({ try $0["TAKEN"] }) {
            case "1"?: .holder
            case "0"?: .follower(of: nil)
            // NULL: an error of the server's own, such as the session being killed.
            default: .refused(code: nil)
            }
        } catch let failure as ServerFailure {
            // Without the lock the daemon acts as if it were alone: a server is never left unprotected for it.
            guard !failure.losesConnection else { throw failure }
            return .refused(code: failure.code)
        }
    }

    /// The holder's connection and our own; nil where nobody holds it.
    static func holder(_ session: Session) async throws -> (holder: UInt64?, own: UInt64) {
        let row = try await session.ask(holder).rows.first
        let own = try Values.count(try row?["OWN"], named: "CONNECTION_ID()")
        let holder = try row?["HOLDER"].map { try Values.count($0, named: "IS_USED_LOCK()") }
        return (holder ?? nil, own)
    }

    /// The connection in words; only its number where its account and host are not shown.
    static func name(of connection: UInt64, _ session: Session) async throws -> String {
        do {
            guard let row = try await session.ask(client).rows.first,
                let user = try row["USER"], let host = try row["HOST"]
            else { return "connection \(connection)" }
            return "connection \(connection) of \(user)@\(host)"
        } catch let failure as ServerFailure {
            guard !failure.losesConnection else { throw failure }
            return "connection \(connection)"
        }
    }
}
