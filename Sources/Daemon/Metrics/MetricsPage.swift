import HostCacheCore
package import PrometheusText

/// Everything the metrics file says, made from what is known of all servers.
///
/// A gauge that comes from a look is absent while its server is down: nothing stale is shown. Counters and
/// the times of the last success and flush stay.
package struct MetricsPage: Sendable {
    let statuses: [ServerStatus]
    let targetGroups: [TargetGroupStatus]
    private let configuration: ConfigurationStatus
    let requests: [String: RequestCounts]
    private let now: Duration

    /// - Parameters:
    ///   - statuses: All configured servers.
    ///   - targetGroups: All configured target groups.
    ///   - configuration: What is known of the configuration that runs.
    ///   - requests: Requests to AWS by operation.
    ///   - now: The wall time of writing.
    package init(
        _ statuses: [ServerStatus],
        targetGroups: [TargetGroupStatus] = [],
        configuration: ConfigurationStatus,
        requests: [String: RequestCounts] = [:],
        now: Duration
    ) {
        self.statuses = statuses
        self.targetGroups = targetGroups
        self.configuration = configuration
        self.requests = requests
        self.now = now
    }

    /// The families in the file's order; throws only for a broken invariant of this page.
    package func families() throws(MetricError) -> MetricFamilies {
        try MetricFamilies(
            process() + checks() + exposure() + hosts() + counters() + settings() + keepAlive() + intervals()
                + awsRequests()
        )
    }

    private func process() throws(MetricError) -> [MetricFamily] {
        let build: Labels = ["version": BuildVersion.number, "swift_version": BuildVersion.swift]
        return [
            try .gauge("build_info", "What this program is; always 1.", [Sample(labels: build, value: 1)]),
            try .gauge(
                "mode_enforcing",
                "Whether the top level's mode is enforce; 0 is observe, or a state that cannot be used.",
                value: MetricValue(configuration.isEnforcing)
            ),
            try .gauge(
                "config_last_reload_successful",
                "Whether the configuration read last was taken; 0 when it was refused and the old one runs.",
                value: MetricValue(configuration.refusedProblems == 0)
            ),
            try .gauge(
                "config_last_reload_success_timestamp_seconds",
                "When the configuration that runs was read.",
                value: MetricValue(WallClock.seconds(configuration.loadedAt))
            ),
            try .gauge(
                "last_write_timestamp_seconds",
                "When this file was written; it is rewritten every 60 seconds at least.",
                value: MetricValue(WallClock.seconds(now))
            ),
        ]
    }

    private func checks() throws(MetricError) -> [MetricFamily] {
        [
            try .gauge(
                "server_up",
                "Whether the last look at the server succeeded.",
                each { MetricValue($0.isUp) }
            ),
            try .gauge(
                "server_info",
                "Flavour, version and flush statement (resize, truncate or flush) of the server; always 1.",
                infos()
            ),
            try .counter(
                "server_checks_total",
                "Looks tried; a connection that fails counts as one.",
                each { MetricValue($0.checks) }
            ),
            try .counter(
                "server_check_failures_total",
                "Connections and looks that failed.",
                each("reason", ServerFailure.Reason.allCases.map(\.rawValue)) { status, reason in
                    ServerFailure.Reason(rawValue: reason).flatMap { status.failures[$0] } ?? 0
                }
            ),
            try .gauge(
                "server_own_address_blocked",
                "Whether the server refuses our own address with error 1129; 0 when it was not reached.",
                each { MetricValue($0.failure?.reason == .blocked) }
            ),
            try .gauge(
                "server_last_success_timestamp_seconds",
                "When a look last succeeded; 0 for never.",
                each { MetricValue($0.lastSuccess.map(WallClock.seconds) ?? 0) }
            ),
            try .gauge(
                "server_check_duration_seconds",
                "How long the last successful look took.",
                each { $0.checkDuration.map { MetricValue(WallClock.seconds($0)) } }
            ),
        ]
    }

    private func exposure() throws(MetricError) -> [MetricFamily] {
        [
            try .gauge(
                "blocking_possible",
                "Whether the server can block hosts; 0 with skip_name_resolve or host_cache_size = 0.",
                looks { MetricValue($0.exposure.canBlock) }
            ),
            try .gauge(
                "host_cache_visible",
                "Whether the host cache can be seen; 1 where the server cannot block, since nothing is hidden there.",
                // Where nobody is ever blocked nothing is hidden: no alert for the blind may fire there.
                looks { MetricValue($0.exposure != .blind) }
            ),
            try .gauge(
                "server_missing_privileges",
                "Whether the account lacks a privilege that mode and actions need.",
                missingPrivileges()
            ),
            try .gauge(
                "max_connect_errors",
                "The limit in force: errors after which a host is blocked.",
                looks { MetricValue($0.limit) }
            ),
            try .gauge(
                "max_connect_errors_desired",
                "The limit wanted; a higher one in force is left alone.",
                each { MetricValue($0.wantedLimit) }
            ),
            try .gauge(
                "host_cache_entries",
                "Rows of performance_schema.host_cache; absent where it cannot be seen.",
                visibleLooks { MetricValue($0.entries) }
            ),
        ]
    }

    private func hosts() throws(MetricError) -> [MetricFamily] {
        [
            try .gauge(
                "hosts_blocked",
                "Hosts at or over the limit: their logins get error 1129; absent where none can be seen.",
                visibleLooks { MetricValue($0.blockedHosts) }
            ),
            try .gauge(
                "connect_errors_max",
                "The most that any validated host has spent of the limit; absent where none can be seen.",
                visibleLooks { MetricValue($0.mostSpent) }
            ),
            try .gauge(
                "connect_errors_bound",
                "Aborted connections since the last flush or the server's start: no host has spent more; absent where it cannot block.",
                each { $0.look.flatMap(\.errorBound).map { MetricValue($0) } }
            ),
            try .gauge(
                "watched_host_connect_errors",
                "What each address of a load balancer has spent, 0 without a row; absent where none can be seen.",
                watchedHosts()
            ),
            try .gauge(
                "block_estimated_timestamp_seconds",
                "When the first watched host is blocked at the present rate; +Inf when the server cannot block.",
                looks { MetricValue($0.blockEstimate.map(WallClock.seconds) ?? .infinity) }
            ),
            try .gauge(
                "block_window_seconds",
                "From clean to blocked at the present rate; +Inf when the server cannot block.",
                looks { MetricValue($0.window.duration.map(WallClock.seconds) ?? .infinity) }
            ),
            try .gauge(
                "flush_interval_seconds",
                "The longest time between flushes: flush_within of the window; +Inf when the server cannot block.",
                looks { MetricValue($0.flushInterval.map(WallClock.seconds) ?? .infinity) }
            ),
        ]
    }

    private func counters() throws(MetricError) -> [MetricFamily] {
        [
            try .counter(
                "handshake_errors_observed_total",
                "COUNT_HANDSHAKE_ERRORS seen to arrive, over flushes and restarts.",
                each { MetricValue($0.counters.handshakeErrors) }
            ),
            try .counter(
                "connections_blocked_observed_total",
                "COUNT_HOST_BLOCKED_ERRORS seen to arrive, over flushes and restarts.",
                each { MetricValue($0.counters.blockedConnections) }
            ),
            try .counter(
                "flushes_total",
                "Flushes sent, whatever came of them.",
                each("trigger", FlushTrigger.allCases.map(\.rawValue)) { status, trigger in
                    FlushTrigger(rawValue: trigger).flatMap { status.counters.flushes[$0] } ?? 0
                }
            ),
            try .counter(
                "flush_failures_total",
                "Flushes that were refused or had no effect.",
                each { MetricValue($0.counters.flushFailures) }
            ),
            try .gauge(
                "last_flush_timestamp_seconds",
                "When the host cache was last flushed, by us or seen; 0 for never.",
                each { MetricValue($0.lastFlush.map(WallClock.seconds) ?? 0) }
            ),
            try .counter(
                "actions_suppressed_total",
                "Looks at which an action was due and not done.",
                suppressed()
            ),
            try .gauge(
                "leader",
                "Whether this daemon holds the server's lock and acts first; 0 in observe, and where it is refused.",
                each { $0.isUp ? MetricValue($0.leadership == .holder) : nil }
            ),
        ]
    }

    private func settings() throws(MetricError) -> [MetricFamily] {
        [
            try .counter(
                "settings_changes_total",
                "Changes of server settings that took effect.",
                each("setting", ["max_connect_errors"]) { status, _ in status.counters.limitChanges }
            ),
            try .gauge(
                "settings_drift",
                "Whether a setting is below what is wanted; 0 where the server cannot block.",
                looks("setting", "max_connect_errors") { status, look in
                    MetricValue(look.limit < status.wantedLimit && look.exposure.canBlock)
                }
            ),
        ]
    }

    private func intervals() throws(MetricError) -> [MetricFamily] {
        guard !targetGroups.isEmpty else { return [] }
        return [
            try .gauge(
                "target_group_health_check_interval_seconds",
                "The health-check interval read last; absent while the group cannot be read.",
                groups { $0.interval.map { MetricValue(WallClock.seconds($0)) } }
            ),
            try .gauge(
                "target_group_health_check_interval_desired_seconds",
                "The health-check interval wanted; a longer one is left alone.",
                groups { MetricValue(WallClock.seconds($0.wanted)) }
            ),
            try .gauge(
                "target_group_drift",
                "Whether the interval of a check that makes errors is shorter than wanted; 0 while the group cannot be read.",
                groups { MetricValue($0.drifts) }
            ),
            try .gauge(
                "target_group_held",
                "Why a short interval is left alone: 1 for the reason that holds, 0 while the group cannot be read.",
                heldGroups()
            ),
        ]
    }
    private func awsRequests() throws(MetricError) -> [MetricFamily] {
        guard !targetGroups.isEmpty else { return [] }
        return [
            try .counter("aws_requests_total", "Requests to AWS, each try counted.", operations(\.made)),
            try .counter(
                "aws_request_failures_total",
                "Requests to AWS refused, not answered, not understood, or not sent for want of credentials.",
                operations(\.failed)
            ),
        ]
    }
}
