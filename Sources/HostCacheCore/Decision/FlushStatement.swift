/// A statement that empties the host cache of one server and stays out of its binary log.
///
/// Plain `FLUSH HOSTS` is not among them: it is written to the binary log and takes a GTID, even on a
/// read-only replica (`sql/sql_parse.cc`, MariaDB 10.11; tried).
package enum FlushStatement: String, Hashable, Sendable, CaseIterable {
    case flush
    case truncate

    /// The SQL text.
    package var sql: String {
        switch self {
        case .flush: "FLUSH NO_WRITE_TO_BINLOG HOSTS"
        case .truncate: "TRUNCATE TABLE performance_schema.host_cache"
        }
    }

    /// The statements that work on a server, the preferred one first; never empty.
    ///
    /// - MariaDB: `FLUSH`. `TRUNCATE` as well where the table is shown; under `read_only` it is refused.
    /// - MySQL 8.3 and later: `TRUNCATE` only, `FLUSH HOSTS` is a syntax error (1064; tried on 9.7.4).
    /// - Older MySQL: `TRUNCATE` where the table is shown, then `FLUSH`.
    ///
    /// Where the table is not shown, `TRUNCATE` reports success and does nothing (`table_host_cache.cc`).
    package static func candidates(for settings: ServerSettings, with wish: Policy.FlushWith) -> [Self] {
        let working: [Self] =
            switch (settings.version.flavour, settings.showsHostCache) {
            case (.mariadb, true): [.flush, .truncate]
            case (.mariadb, false): [.flush]
            case (.mysql, _) where settings.version.isAtLeast(8, 3, 0): [.truncate]
            case (.mysql, true): [.truncate, .flush]
            case (.mysql, false): [.flush]
            }
        guard case .statement(let wanted) = wish, working.contains(wanted) else { return working }
        return [wanted] + working.filter { $0 != wanted }
    }

    /// Server errors after which the other statement is worth trying, and this one is not any more.
    ///
    /// 1064 syntax, 1142 no privilege on the table, 1227 no privilege, 1290 refused by an option (`read_only`).
    package static let refusals: Set<UInt32> = [1064, 1142, 1227, 1290]
}
