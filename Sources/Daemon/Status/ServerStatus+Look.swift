package import HostCacheCore

extension ServerStatus.Look {
    /// Takes from an assessment what is shown of it.
    package init(_ assessment: Assessment, _ seen: Observation, policy: Policy, timekeeper: Timekeeper) {
        let forecast = assessment.forecast
        let balancers = forecast.hosts.filter(\.isLoadBalancer).map { ($0.row.address, $0.row.spent) }
        self.init(
            version: seen.settings.version,
            flushStatement: FlushStatement.allowed(on: seen, with: policy.flushWith).first,
            exposure: forecast.exposure,
            limit: seen.limit,
            entries: seen.rows.count,
            blockedHosts: forecast.blocked.count,
            mostSpent: forecast.mostSpent,
            errorBound: forecast.exposure.canBlock ? assessment.bound.spent : nil,
            spent: Dictionary(balancers, uniquingKeysWith: max),
            window: forecast.window,
            blockEstimate: forecast.timeToBlock.duration.map { timekeeper.wall() + $0 },
            flushInterval: forecast.flushInterval,
            nextFlush: assessment.dueAt.map { timekeeper.wall(of: $0) },
            isFlushDue: assessment.trigger != nil,
            flushes: ServerStatus.Flushes(policy),
            missing: Set(policy.missing(from: seen).filter(\.isNeeded).map(\.purpose)),
            keepAlive: policy.keepsAlive
                ? KeepAliveEvidence(forecast, flushAt: policy.flushAt, at: seen.instant) : nil
        )
    }
}
