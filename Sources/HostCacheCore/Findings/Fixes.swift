/// The remedies for a server, in the order of their side effects: raise, interval, flush last.
package struct Fixes: Hashable, Sendable {
    private let settings: ServerSettings
    private let policy: Policy

    package init(settings: ServerSettings, policy: Policy) {
        self.settings = settings
        self.policy = policy
    }

    /// Raising unblocks at once and forgets nothing.
    package var raise: [Finding.Fix] {
        guard settings.maxConnectErrors < policy.wantedLimit else { return [] }
        let isPossible = RaiseStatement.choice(for: settings.version, with: policy.raiseWith) != nil
        let wish = isPossible ? policy.raiseWith : .automatic
        guard let statement = RaiseStatement.choice(for: settings.version, with: wish) else { return [] }
        let sql = Finding.Fix(.sql, statement.sql(limit: policy.wantedLimit) + ";")
        return statement.outlivesRestart ? [sql] : [sql, persistence]
    }

    /// What makes the limit outlive a restart where `SET PERSIST` does not exist.
    package var persistence: Finding.Fix {
        Finding.Fix(
            .file,
            "my.cnf, section [mysqld]: max_connect_errors = \(max(policy.wantedLimit, settings.maxConnectErrors))"
        )
    }

    /// A longer interval slows the errors down; it also slows failure detection.
    ///
    /// One command for each target group the policy names, or one to fill in where it names none.
    package var interval: [Finding.Fix] {
        let change = IntervalChange(interval: policy.wantedInterval, timeout: nil, healthyThreshold: nil)
        let groups = policy.targetGroups.isEmpty ? ["ARN"] : policy.targetGroups
        return groups.map { Finding.Fix(.shell, change.command($0)) }
    }

    /// A flush forgets every counter and cached name.
    package var flush: [Finding.Fix] {
        FlushStatement.candidates(for: settings, with: policy.flushWith).prefix(1)
            .map { Finding.Fix(.sql, $0.sql + ";") }
    }

    /// All of them.
    package var inOrder: [Finding.Fix] { raise + interval + flush }
}
