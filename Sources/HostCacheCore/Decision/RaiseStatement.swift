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

    /// The statement for a server; nil where the policy says never, or asks for what the server does not have.
    package static func choice(for version: ServerVersion, with wish: Policy.RaiseWith) -> Self? {
        switch wish {
        case .automatic: hasPersist(version) ? .persist : .global
        case .persist: hasPersist(version) ? .persist : nil
        case .global: .global
        case .never: nil
        }
    }

    /// Whether the policy asks for `SET PERSIST` on a server that does not have it.
    package static func lacksPersistence(_ version: ServerVersion, with wish: Policy.RaiseWith) -> Bool {
        wish == .persist && !hasPersist(version)
    }

    /// `SET PERSIST` came with MySQL 8.0 and is a syntax error (1064) on MariaDB and MySQL 5.7.
    private static func hasPersist(_ version: ServerVersion) -> Bool {
        version.flavour == .mysql && version.isAtLeast(8, 0, 0)
    }
}
