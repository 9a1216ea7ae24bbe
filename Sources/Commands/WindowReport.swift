import HostCacheCore

/// What `hostcached window` prints.
package struct WindowReport: Hashable, Sendable {
    private let limit: UInt64
    private let interval: Duration
    private let errorsPerCheck: UInt64
    private let rate: ErrorRate
    private let policy = Policy()

    /// - Parameters:
    ///   - limit: `max_connect_errors`, 1 or more.
    ///   - interval: The health-check interval.
    ///   - errorsPerCheck: Errors one check makes.
    package init(limit: UInt64, interval: Duration, errorsPerCheck: UInt64) {
        self.limit = limit
        self.interval = interval
        self.errorsPerCheck = errorsPerCheck
        rate = ErrorRate(errors: errorsPerCheck, perHealthCheckInterval: interval)
    }

    private var window: TimeToBlock { rate.time(for: limit) }

    private var flushInterval: Duration? { window.duration.map { policy.flushWithin.of($0) } }

    private var fit: GuardRailFit { GuardRailFit(window: window, policy: policy) }

    /// For a person.
    package var text: String {
        let perHour = ErrorRate.decimal(rate.thousandths(per: .seconds(3600)))
        let rails =
            "min_flush_gap \(policy.guardRails.minFlushGap.phrase), "
            + "max_flushes_per_hour \(policy.guardRails.maxFlushesPerHour)"
        return """
            rate     \(errorsPerCheck) \(errorsPerCheck == 1 ? "error" : "errors") every \(interval.phrase): \(perHour) errors an hour
            window   \(window) from clean to blocked, at max_connect_errors \(limit)
            flush    every \(flushInterval?.phrase ?? "never"), which is \(policy.flushWithin) of the window
            rails    \(fit) (\(rails))
            """
    }

    /// For a program; durations in whole seconds.
    package func json() throws -> String {
        try JSONText.of(
            Fields(
                maxConnectErrors: limit,
                healthCheckIntervalSeconds: interval.wholeSeconds,
                errorsPerHealthCheck: errorsPerCheck,
                errorsPerHour: Double(rate.thousandths(per: .seconds(3600))) / 1000,
                windowSeconds: window.duration?.wholeSeconds,
                flushIntervalSeconds: flushInterval?.wholeSeconds,
                guardRailsFit: fit == .fits
            )
        )
    }

    private struct Fields: Encodable {
        var schema = 1
        var maxConnectErrors: UInt64
        var healthCheckIntervalSeconds: Int64
        var errorsPerHealthCheck: UInt64
        var errorsPerHour: Double
        var windowSeconds: Int64?
        var flushIntervalSeconds: Int64?
        var guardRailsFit: Bool
    }
}
