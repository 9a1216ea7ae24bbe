import HostCacheCore
import Logging

extension AuditEntry {
    /// The entry as the log shows it: the audit's facts by the log's keys.
    var logMetadata: Logger.Metadata {
        let values: KeyValuePairs<LogKey, String?> = [
            .id: id,
            .action: action,
            .server: server,
            .identity: identity,
            .targetGroup: targetGroup,
            .trigger: trigger,
            .statement: statement,
            .before: limitBefore.map { "\($0)" } ?? intervalBeforeSeconds.map { Duration.seconds($0).phrase },
            .wanted: limitAfter.map { "\($0)" } ?? intervalAfterSeconds.map { Duration.seconds($0).phrase },
            .hosts: hosts.map { hosts in
                hosts.prefix(Self.mostLoggedHosts).map { "\($0.address) (\($0.connectErrors))" }
                    .joined(separator: ", ")
            },
        ]
        var metadata = Logger.Metadata()
        for (key, value) in values {
            metadata[key.rawValue] = value.map { .string($0) }
        }
        return metadata
    }

    /// The log is for reading; the audit has the rest.
    private static let mostLoggedHosts = 10
}
