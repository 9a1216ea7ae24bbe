/// A statement that empties the host cache of one server and stays out of its binary log.
///
/// Plain `FLUSH HOSTS` is not among them: it is written to the binary log and takes a GTID, even on a
/// read-only replica (`sql/sql_parse.cc`, MariaDB 10.11; tried).
package enum FlushStatement: String, Hashable, Sendable, CaseIterable {
    case flush
    case truncate
    /// Sets the cache's size to what it is.
    ///
    /// MySQL clears the cache whatever the new size is (`hostname_cache_resize` in the source of 5.6, 5.7 and 8).
    /// It takes a millisecond and waits for nobody: tried on 9.7.4 with the performance schema ON and OFF, under
    /// `LOCK INSTANCE FOR BACKUP`, `FLUSH TABLES WITH READ LOCK`, `super_read_only`, and beside an open transaction
    /// that has read the table. MariaDB asks SUPER for it.
    case resize

    /// The SQL text.
    package var sql: String {
        switch self {
        case .flush: "FLUSH NO_WRITE_TO_BINLOG HOSTS"
        case .truncate: "TRUNCATE TABLE performance_schema.host_cache"
        case .resize: "SET GLOBAL host_cache_size = @@global.host_cache_size"
        }
    }

    /// The statements that work on a server, the preferred one first; never empty.
    ///
    /// - MariaDB: `FLUSH`. `TRUNCATE` as well where the table is shown; under `read_only` it is refused.
    /// - MySQL 8.3 and later: resize, then `TRUNCATE`; `FLUSH HOSTS` is a syntax error (1064; tried on 9.7.4).
    /// - Older MySQL: resize, then `TRUNCATE` where the table is shown, then `FLUSH`.
    ///
    /// Where the table is not shown, `TRUNCATE` reports success and does nothing (`table_host_cache.cc`). On a
    /// Galera node it is never sent: it is replicated to the whole cluster (tried on MariaDB with galera-4).
    package static func candidates(for settings: ServerSettings, with wish: Policy.FlushWith) -> [Self] {
        let truncate: [Self] = settings.showsHostCache && !settings.isGalera ? [.truncate] : []
        let working: [Self] =
            switch settings.version.flavour {
            case .mariadb: [.flush] + truncate
            case .mysql where settings.version.isAtLeast(8, 3, 0):
                settings.isGalera ? [.resize] : [.resize, .truncate]
            case .mysql: [.resize] + truncate + [.flush]
            }
        guard case .statement(let wanted) = wish, working.contains(wanted) else { return working }
        return [wanted] + working.filter { $0 != wanted }
    }

    /// The statements that work on the server of a look and that its account is not known to lack the privilege for.
    ///
    /// In the order of ``candidates(for:with:)``; empty where none is allowed.
    package static func allowed(on seen: Observation, with wish: Policy.FlushWith) -> [Self] {
        candidates(for: seen.settings, with: wish).filter { seen.privileges.allows($0) != false }
    }

    /// Server errors after which another statement is worth trying, and this one is not any more.
    ///
    /// 1064 syntax, 1142 no privilege on the table, 1205 somebody holds the table or the instance, 1227 no
    /// privilege, 1290 refused by an option (`read_only`), 1792 refused in a read-only transaction.
    package static let refusals: Set<UInt32> = [1064, 1142, 1205, 1227, 1290, 1792]

    /// Those of ``refusals`` that pass by themselves: a lock ends, and an option is set back.
    package static let passingRefusals: Set<UInt32> = [1205, 1290, 1792]
}
