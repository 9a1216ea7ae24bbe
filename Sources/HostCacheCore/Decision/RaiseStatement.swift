/// A statement that raises `max_connect_errors` on one server.
package enum RaiseStatement: String, Hashable, Sendable {
    case persist
    case global

    /// The SQL text.
    package func sql(limit: UInt64) -> String {
        switch self {
        case .persist: "SET PERSIST max_connect_errors = \(limit)"
        case .global: "SET GLOBAL max_connect_errors = \(limit)"
        }
    }

    /// Whether the value outlives a server restart.
    package var outlivesRestart: Bool { self == .persist }

    /// The statement for a server; nil where the policy says never.
    ///
    /// `SET PERSIST` came with MySQL 8.0 and is a syntax error (1064) on MariaDB and MySQL 5.7.
    package static func choice(for version: ServerVersion, with wish: Policy.RaiseWith) -> Self? {
        let hasPersist = version.flavour == .mysql && version.isAtLeast(8, 0, 0)
        return switch wish {
        case .automatic: hasPersist ? .persist : .global
        case .persist: .persist
        case .global: .global
        case .never: nil
        }
    }
}
