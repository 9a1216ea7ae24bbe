extension Forecast.Rate {
    /// The rate one look can tell: all errors of a row over the time since its first.
    ///
    /// Nil below two errors or unless they cover more than one health-check interval: one burst is no rate.
    package init?(averageOf row: HostCacheRow, interval: Duration) {
        guard row.handshakeErrors >= 2, let age = row.firstErrorAge, age > interval,
            let rate = ErrorRate(errors: row.handshakeErrors, per: age)
        else { return nil }
        self.init(rate, .average)
    }
}
