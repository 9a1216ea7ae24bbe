package import Daemon
package import HostCacheCore

/// What `diagnose` has to say of one server.
package struct Diagnosis: Hashable, Sendable {
    /// The configured name, or the host.
    package var name: String
    /// Where the server was looked for.
    package var address: String
    /// Nil when it did not answer.
    package var version: String?
    /// What its host cache shows; nil when it did not answer.
    package var hostCache: HostCache?
    /// Hosts with errors and load balancers' addresses, the nearest to the block first.
    package var hosts: [Host] = []
    /// The worst first; never empty.
    package var findings: [Finding]

    /// What can be seen of a host cache.
    package enum HostCache: Hashable, Sendable {
        /// The table shows it, with that many rows.
        case visible(entries: Int)
        /// It is there and not shown.
        case blind
        /// The server counts nobody.
        case cannotBlock
    }

    /// One address.
    package struct Host: Hashable, Sendable {
        package var address: String
        package var name: String?
        package var isLoadBalancer: Bool
        package var spent: UInt64
        package var limit: UInt64
        package var isBlocked: Bool
        /// Errors a health check, in thousandths, and where the figure comes from; nil while unknown.
        package var errorsPerCheck: (thousandths: UInt64, basis: Forecast.Basis)? {
            perCheck.map { ($0.thousandths, $0.basis) }
        }
        fileprivate var perCheck: PerCheck?
        package var timeToBlock: TimeToBlock?

        fileprivate struct PerCheck: Hashable {
            var thousandths: UInt64
            var basis: Forecast.Basis
        }
    }

    package init(name: String, address: String, version: String?, findings: [Finding]) {
        self.name = name
        self.address = address
        self.version = version
        self.findings = findings
    }

    /// Adds what is known of the load balancer; the worst stays first.
    package mutating func add(_ more: [Finding]) {
        // Stable: findings of one level keep their order.
        findings = (findings + more).enumerated()
            .sorted { ($1.element.level, $0.offset) < ($0.element.level, $1.offset) }
            .map(\.element)
    }

    /// The worst level of all findings.
    package var verdict: Finding.Level { findings.map(\.level).max() ?? .ok }
}

extension Diagnosis {
    /// A server that answered.
    package init(
        name: String,
        address: String,
        _ assessment: Assessment,
        _ seen: Observation,
        policy: Policy,
        interval: Duration
    ) {
        self.init(
            name: name,
            address: address,
            version: "\(seen.settings.version)",
            findings: assessment.findings(seen, policy: policy, interval: interval)
        )
        hostCache =
            switch assessment.forecast.exposure {
            case .visible: .visible(entries: seen.rows.count)
            case .blind: .blind
            case .cannotBlock: .cannotBlock
            }
        hosts = assessment.forecast.hosts
            .filter { !$0.row.standsForAnyHost && ($0.isLoadBalancer || $0.row.spent > 0) }
            .map { Host($0, limit: assessment.forecast.limit, interval: interval) }
    }

    /// A server that could not be looked at.
    package init(name: String, address: String, failure: ServerFailure, user: String, wantedLimit: UInt64) {
        self.init(
            name: name,
            address: address,
            version: nil,
            findings: [Finding(failure, user: user, wantedLimit: wantedLimit)]
        )
    }
}

extension Diagnosis.Host {
    fileprivate init(_ host: Forecast.Host, limit: UInt64, interval: Duration) {
        address = host.row.address
        name = host.row.name
        isLoadBalancer = host.isLoadBalancer
        spent = host.row.spent
        self.limit = limit
        isBlocked = host.isBlocked
        perCheck = host.rate.map {
            PerCheck(thousandths: $0.value.thousandths(per: interval), basis: $0.basis)
        }
        timeToBlock = host.timeToBlock
    }
}
