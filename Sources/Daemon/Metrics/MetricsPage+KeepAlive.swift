import HostCacheCore
import PrometheusText

extension MetricsPage {
    /// The families of keep-alive logins; none where no server has any.
    func keepAlive() throws(MetricError) -> [MetricFamily] {
        guard statuses.contains(where: { $0.keepAlive != nil }) else { return [] }
        return [
            try .gauge(
                "keep_alive_period_seconds",
                "From one keep-alive login through an address to the next; absent while nobody can be blocked.",
                each { ($0.keepAlive?.period).map { MetricValue(WallClock.seconds($0)) } }
            ),
            try .gauge(
                "keep_alive_kept",
                "Whether a login through this address proved, at most two periods ago, that its errors are zero.",
                kept()
            ),
            try .counter(
                "keep_alive_logins_total",
                "Keep-alive logins tried since the daemon's start, by what they showed.",
                logins()
            ),
        ]
    }

    private func kept() -> [Sample] {
        statuses.flatMap { status in
            (status.keepAlive?.kept ?? [:]).sorted { $0.key < $1.key }.prefix(Self.mostWatchedHosts).map {
                Sample(
                    labels: ["server": status.name, "watched_host": $0.key],
                    value: MetricValue($0.value)
                )
            }
        }
    }

    private func logins() -> [Sample] {
        statuses.flatMap { status in
            guard let keepAlive = status.keepAlive else { return [] as [Sample] }
            return KeepAliveOutcome.allCases.map { outcome in
                Sample(
                    labels: ["server": status.name, "result": outcome.rawValue],
                    value: MetricValue(keepAlive.logins[outcome] ?? 0)
                )
            }
        }
    }
}
