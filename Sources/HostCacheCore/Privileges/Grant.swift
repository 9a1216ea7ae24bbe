/// One privilege as a server names it, and what it is on.
package struct Grant: Hashable, Sendable {
    /// Such as `CONNECTION ADMIN`.
    package var privilege: String
    /// `*.*` or the host cache's table.
    package var object: String

    /// To read the rows.
    ///
    /// Nothing else shows them: RELOAD, SUPER and CONNECTION ADMIN do not (tried).
    package static let see = Grant(privilege: "SELECT", object: table)

    /// To send a flush statement.
    ///
    /// `FLUSH HOSTS` needs RELOAD on both flavours (`sql/sql_parse.cc`); MySQL's `FLUSH_…` privileges are for other
    /// caches. `TRUNCATE` needs DROP on the table. Resizing needs what raising needs (tried on MySQL 9.7.4).
    package static func flush(with statement: FlushStatement, on version: ServerVersion) -> Grant {
        switch statement {
        case .flush: Grant(privilege: "RELOAD", object: everything)
        case .truncate: Grant(privilege: "DROP", object: table)
        case .resize: raise(on: version)
        }
    }

    /// To set `max_connect_errors`: the narrowest privilege that does.
    ///
    /// MySQL 8.0 and later: SYSTEM_VARIABLES_ADMIN. MariaDB 10.5.2 and later: CONNECTION ADMIN
    /// (`sql/privilege.h`). Before: SUPER.
    package static func raise(on version: ServerVersion) -> Grant {
        let privilege =
            switch version.flavour {
            case .mysql: version.isAtLeast(8, 0, 0) ? "SYSTEM_VARIABLES_ADMIN" : "SUPER"
            case .mariadb: version.isAtLeast(10, 5, 2) ? "CONNECTION ADMIN" : "SUPER"
            }
        return Grant(privilege: privilege, object: everything)
    }

    /// The statement that gives it, without a semicolon.
    package func sql(to account: String) -> String { "GRANT \(privilege) ON \(object) TO \(account)" }

    private static let everything = "*.*"
    private static let table = "performance_schema.host_cache"
}

extension Grant: CustomStringConvertible {
    /// As people say it: `RELOAD`, `SELECT on performance_schema.host_cache`.
    package var description: String { object == Self.everything ? privilege : "\(privilege) on \(object)" }
}
