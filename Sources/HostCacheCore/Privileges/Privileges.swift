/// What the daemon's account may do on one server; each nil where that is not known.
///
/// Global privileges and roles are those of the session: what was granted since counts from the next
/// connection on (MySQL manual, "When Privilege Changes Take Effect"; MariaDB the same).
package struct Privileges: Hashable, Sendable {
    /// Whom the server takes us for: `CURRENT_USER()`.
    package var account: Account?
    /// Whether the account has roles; one that is not active gives nothing.
    package var hasRoles = false
    /// SELECT on the host cache.
    package var maySee: Bool?
    /// DROP on the host cache.
    package var mayTruncate: Bool?
    /// RELOAD.
    package var mayFlush: Bool?
    /// To set `max_connect_errors`.
    package var mayRaise: Bool?

    package init() {}

    /// Nothing is known.
    package static let unknown = Privileges()

    /// Whether a flush statement is allowed.
    package func allows(_ statement: FlushStatement) -> Bool? {
        switch statement {
        case .flush: mayFlush
        case .truncate: mayTruncate
        case .resize: mayRaise
        }
    }

    /// Whether the account may send the same statements as with `other`; each look tries for itself what it may see.
    package func areTheSame(to other: Self) -> Bool {
        var other = other
        other.maySee = maySee
        return self == other
    }

    /// Whether looking, flushing by one statement at least, or raising is not known to be allowed.
    package func hasGaps(on flavour: Flavour) -> Bool {
        // On MySQL, who may raise may flush.
        let flushes = mayFlush == true || mayTruncate == true || flavour == .mysql
        return maySee != true || mayRaise != true || !flushes
    }
}
