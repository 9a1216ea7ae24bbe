/// The remedies for a server: what unblocks now, and what keeps it so.
///
/// Only what works on this server, with this account's privileges where they are known. In each group the fewest
/// side effects come first.
package struct Fixes: Hashable, Sendable {
    private let settings: ServerSettings
    private let privileges: Privileges
    private let policy: Policy
    /// The health-check interval in force.
    private let interval: Duration

    package init(_ seen: Observation, policy: Policy, interval: Duration) {
        settings = seen.settings
        privileges = seen.privileges
        self.policy = policy
        self.interval = interval
    }

    /// The highest limit both flavours take: MariaDB's maximum (manual, "max_connect_errors").
    private static let highestLimit: UInt64 = 4_294_967_295

    /// What lets an address in at once that has made `spent` errors: raising, then flushing.
    package func now(spent: UInt64) -> [Finding.Fix] { raise(over: spent) + flush }

    /// What keeps addresses from being blocked again: the limit over restarts, then fewer errors.
    package var lasting: [Finding.Fix] { persistence + rarerChecks }

    /// Raising, with what makes it outlast a restart; empty where the limit is as wanted.
    package var raise: [Finding.Fix] { raise(over: 0) + persistence }

    /// Raising unblocks at once and forgets nothing.
    ///
    /// - Parameter spent: What the limit must be above: where the wanted one is not, twice that.
    /// - Returns: Nothing where the limit is above it, or none can be.
    private func raise(over spent: UInt64) -> [Finding.Fix] {
        let isEnough = spent < policy.wantedLimit
        let limit = isEnough ? policy.wantedLimit : min(Self.highestLimit, spent.addingSaturating(spent))
        guard limit > settings.maxConnectErrors, limit > spent else { return [] }
        // The cure would be worse than the block.
        guard !settings.isHeatWave || policy.raising(on: settings) != .never else { return [] }
        // What is wanted may stay; more than that is for now.
        let statement = isEnough ? wantedStatement : .global
        guard privileges.mayRaise == false else {
            return [Finding.Fix(.sql, statement.sql(limit: limit) + ";", .now)]
        }
        let grant = Grant.raise(on: settings.version)
        return [
            Finding.Fix(
                .advice,
                "raise max_connect_errors to \(limit) with an account that has \(grant); on RDS and Aurora in the "
                    + "instance's DB parameter group",
                .now
            )
        ]
    }

    private var wantedStatement: RaiseStatement {
        // Nil where the policy says never, or asks for what this server lacks: a person may all the same.
        RaiseStatement.choice(for: settings.version, with: policy.raiseWith)
            ?? RaiseStatement.choice(for: settings.version, with: .automatic) ?? .global
    }

    /// A flush forgets every counter and cached name.
    private var flush: [Finding.Fix] {
        let working = FlushStatement.candidates(for: settings, with: policy.flushWith)
        if let statement = working.first(where: { privileges.allows($0) != false }) {
            return [Finding.Fix(.sql, statement.sql + ";", .now)]
        }
        return working.prefix(1).map { statement in
            let grant = Grant.flush(with: statement, on: settings.version)
            return Finding.Fix(.advice, "flush with an account that has \(grant): \(statement.sql)", .now)
        }
    }

    /// What makes the limit outlive a restart where the raise does not: empty where it does.
    private var persistence: [Finding.Fix] {
        guard settings.maxConnectErrors < policy.wantedLimit, !wantedStatement.outlivesRestart else {
            return []
        }
        return [optionFile]
    }

    /// The line that makes the limit outlive a restart where `SET PERSIST` does not exist.
    package var optionFile: Finding.Fix {
        let limit = max(policy.wantedLimit, settings.maxConnectErrors)
        return Finding.Fix(.file, "my.cnf, section [mysqld]: max_connect_errors = \(limit)", .lasting)
    }

    /// A longer interval slows the errors down; it also slows failure detection.
    ///
    /// One command for each target group the policy names, advice where only the load balancer is known, and
    /// nothing where none is, or where its checks are as rare as wanted.
    private var rarerChecks: [Finding.Fix] {
        guard policy.shortestInterval(interval) < policy.wantedInterval else { return [] }
        let change = IntervalChange(interval: policy.wantedInterval, timeout: nil, healthyThreshold: nil)
        if policy.targetGroups.isEmpty, !policy.loadBalancers.isEmpty {
            return [
                Finding.Fix(
                    .advice,
                    "make the load balancer's health checks rarer, every \(policy.wantedInterval.phrase); on AWS: "
                        + change.command("ARN"),
                    .lasting
                )
            ]
        }
        return policy.targetGroups.map { Finding.Fix(.shell, change.command($0), .lasting) }
    }
}
