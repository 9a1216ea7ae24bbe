import MariaDBClient

/// Who keeps `TRUNCATE` from the lock it needs on the host cache's table, as far as the account may see.
package enum LockHolders {
    /// Backup locks, global read locks and what is held on the table, with whose they are.
    ///
    /// On MySQL; it needs SELECT on both tables, which the daemon does not ask for. MariaDB fills `metadata_locks` only
    /// where its instrument is on, and has `FLUSH`, which waits for nobody.
    package static let statement = """
        SELECT l.OBJECT_TYPE AS TYPE, t.PROCESSLIST_ID AS ID, t.PROCESSLIST_USER AS USER, t.PROCESSLIST_HOST AS HOST \
        FROM performance_schema.metadata_locks l JOIN performance_schema.threads t ON t.THREAD_ID = l.OWNER_THREAD_ID \
        WHERE l.LOCK_STATUS = 'GRANTED' AND t.PROCESSLIST_ID <> CONNECTION_ID() \
        AND l.LOCK_DURATION <> 'STATEMENT' AND (l.OBJECT_TYPE IN ('BACKUP LOCK', 'GLOBAL', 'COMMIT') \
        OR l.OBJECT_SCHEMA = 'performance_schema' AND l.OBJECT_NAME = 'host_cache') LIMIT 3
        """

    /// What to add to an error 1205; throws ``ServerFailure`` only where the session is lost.
    static func sentence(_ session: Session) async throws -> String {
        let usual =
            "; a backup (LOCK INSTANCE FOR BACKUP), FLUSH TABLES WITH READ LOCK or an open transaction that has read "
            + "performance_schema.host_cache holds it"
        do {
            let rows = try await session.ask(statement).rows
            let holders = try rows.map { row in
                let connection =
                    "connection \(try row["ID"] ?? "?") of \(try row["USER"] ?? "?")@\(try row["HOST"] ?? "?")"
                return try "\(connection) (\(words(row["TYPE"])))"
            }
            return holders.isEmpty ? usual : "; held by " + holders.joined(separator: ", ")
        } catch let failure as ServerFailure {
            guard !failure.losesConnection else { throw failure }
            return usual + " (SELECT on performance_schema.metadata_locks and threads would tell who)"
        }
    }

    private static func words(_ type: String?) -> String {
        switch type {
        case "BACKUP LOCK"?: "a backup's lock on the instance"
        case "GLOBAL"?, "COMMIT"?: "FLUSH TABLES WITH READ LOCK"
        default: "a transaction that has read the table"
        }
    }
}
