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
    /// Every address with errors and every load balancer's, the nearest to the block first.
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
        /// Its part of all errors; nil where it has none.
        package var share: Share?
        /// Time since its first error; nil where the server did not say.
        package var firstErrorAge: Duration?
        /// Time since its last error; nil where the server did not say.
        package var lastErrorAge: Duration?
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
        interval: Duration,
        isUnwatched: Bool = false
    ) {
        self.init(
            name: name,
            address: address,
            version: "\(seen.settings.version)",
            findings: assessment.findings(
                seen,
                policy: policy,
                interval: interval,
                isUnwatched: isUnwatched
            )
        )
        let forecast = assessment.forecast
        hostCache =
            switch forecast.exposure {
            case .visible: .visible(entries: seen.rows.count)
            case .blind: .blind
            case .cannotBlock: .cannotBlock
            }
        let shares = Dictionary(
            forecast.offenders.map { ($0.host.row.address, $0.share) },
            uniquingKeysWith: { first, _ in first }
        )
        hosts = forecast.hosts.filter { host in
            !host.row.standsForAnyHost && (host.isLoadBalancer || shares[host.row.address] != nil)
        }
        .map { Host($0, share: shares[$0.row.address], limit: forecast.limit, interval: interval) }
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
    fileprivate init(_ host: Forecast.Host, share: Share?, limit: UInt64, interval: Duration) {
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
        self.share = share
        firstErrorAge = host.row.firstErrorAge
        lastErrorAge = host.row.lastErrorAge
    }
}
