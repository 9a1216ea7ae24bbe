import AWSClient
import HostCacheCore
import PrometheusText

extension MetricFamily {
    /// Names begin with the program's.
    static func gauge(_ name: String, _ help: String, _ samples: [Sample]) throws(MetricError) -> MetricFamily
    {
        try MetricFamily(name: "hostcached_" + name, help: help, kind: .gauge, samples: samples)
    }

    static func gauge(_ name: String, _ help: String, value: MetricValue) throws(MetricError) -> MetricFamily
    {
        try gauge(name, help, [Sample(labels: [:], value: value)])
    }

    static func counter(
        _ name: String,
        _ help: String,
        _ samples: [Sample]
    ) throws(MetricError) -> MetricFamily {
        try MetricFamily(name: "hostcached_" + name, help: help, kind: .counter, samples: samples)
    }
}

extension MetricsPage {
    /// One sample a server; none where the value is not known.
    func each(_ value: (ServerStatus) -> MetricValue?) -> [Sample] {
        statuses.compactMap { status in
            value(status).map { Sample(labels: ["server": status.name], value: $0) }
        }
    }

    /// One sample a server and label value: all of them from the first write, so that none is missing.
    func each(_ label: String, _ names: [String], _ count: (ServerStatus, String) -> UInt64) -> [Sample] {
        statuses.flatMap { status in
            names.map { name in
                Sample(labels: ["server": status.name, label: name], value: MetricValue(count(status, name)))
            }
        }
    }

    /// One sample for each server that is up.
    func looks(_ value: (ServerStatus.Look) -> MetricValue) -> [Sample] {
        each { $0.look.map(value) }
    }

    /// One sample for each server that is up and not blind: an empty table proves nothing there.
    func visibleLooks(_ value: (ServerStatus.Look) -> MetricValue) -> [Sample] {
        each { status in status.look.flatMap { $0.exposure == .blind ? nil : value($0) } }
    }

    /// One sample with one more label for each server that is up.
    func looks(
        _ label: String,
        _ name: String,
        _ value: (ServerStatus, ServerStatus.Look) -> MetricValue
    ) -> [Sample] {
        statuses.compactMap { status in
            status.look.map { look in
                Sample(labels: ["server": status.name, label: name], value: value(status, look))
            }
        }
    }

    /// What each server that is up is.
    func infos() -> [Sample] {
        statuses.compactMap { status in
            status.look.map { look in
                Sample(
                    labels: [
                        "server": status.name,
                        "flavour": look.version.flavour.rawValue,
                        "version": look.version.number,
                        "flush_method": look.flushStatement?.rawValue ?? "none",
                    ],
                    value: 1
                )
            }
        }
    }

    /// One sample for each server that is up and purpose of a privilege.
    func missingPrivileges() -> [Sample] {
        MissingPrivilege.Purpose.allCases.flatMap { purpose in
            looks("privilege", purpose.rawValue) { _, look in MetricValue(look.missing.contains(purpose)) }
        }
    }

    /// Only configured addresses get a series, and no more than this many a server.
    static let mostWatchedHosts = ServerStatus.mostWatchedHosts

    /// One sample for each load balancer's address: zero when it has no row.
    func watchedHosts() -> [Sample] {
        statuses.flatMap { status in
            guard let look = status.look, look.exposure == .visible else { return [] as [Sample] }
            return status.loadBalancers.prefix(Self.mostWatchedHosts).map { address in
                Sample(
                    labels: ["server": status.name, "watched_host": address],
                    value: MetricValue(look.spent[address] ?? 0)
                )
            }
        }
    }

    /// One sample for each action and reason.
    func suppressed() -> [Sample] {
        statuses.flatMap { status in
            Policy.Action.allCases.flatMap { action in
                Suppression.Kind.reasons.map { reason in
                    let kind = Suppression.Kind(action: action, reason: reason)
                    return Sample(
                        labels: ["server": status.name, "action": action.rawValue, "reason": reason],
                        value: MetricValue(status.counters.suppressed[kind] ?? 0)
                    )
                }
            }
        }
    }

    /// One sample a target group; none where the value is not known.
    func groups(_ value: (TargetGroupStatus) -> MetricValue?) -> [Sample] {
        targetGroups.compactMap { group in
            value(group).map { Sample(labels: ["target_group": group.arn], value: $0) }
        }
    }

    /// One sample for each target group and reason.
    func heldGroups() -> [Sample] {
        targetGroups.flatMap { group in
            TargetGroupStatus.heldReasons.map { reason in
                Sample(
                    labels: ["target_group": group.arn, "reason": reason],
                    value: MetricValue(group.held == reason)
                )
            }
        }
    }
    /// One sample for each operation of AWS that the daemon may ask for.
    func operations(_ count: (RequestCounts) -> UInt64) -> [Sample] {
        ELBv2.actions.map { operation in
            Sample(
                labels: ["operation": operation],
                value: MetricValue(count(requests[operation] ?? RequestCounts()))
            )
        }
    }
}
