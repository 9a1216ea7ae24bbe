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
            .hosts: hosts.map { Self.named($0, omitted: hostsOmitted ?? 0) },
        ]
        var metadata = Logger.Metadata()
        for (key, value) in values {
            metadata[key.rawValue] = value.map { .string($0) }
        }
        return metadata
    }

    /// The first of the addresses, and how many more there are: the log is for reading, the audit has them all.
    private static func named(_ hosts: [Host], omitted: Int) -> String {
        let shown = hosts.prefix(Offender.mostNamed).map(\.words).joined(separator: "; ")
        let more = max(hosts.count - Offender.mostNamed, 0) + omitted
        return more > 0 ? "\(shown); and \(more) more" : shown
    }
}

extension AuditEntry.Host {
    /// Such as `10.9.9.9 (web-1.example.com), 40 errors`.
    fileprivate var words: String {
        let facts = [loadBalancer ? "load balancer" : nil, name].compactMap(\.self)
        let label = facts.isEmpty ? address : "\(address) (\(facts.joined(separator: ", ")))"
        return "\(label), \(connectErrors) errors"
    }
}
