extension Memory {
    /// The rates to judge by where only one look is made.
    ///
    /// The daemon's own while they are fresh, else the average over a row's life where one look tells it.
    ///
    /// - Parameters:
    ///   - seen: The look.
    ///   - freshness: How old the daemon's rates may be.
    ///   - interval: The health-check interval in force.
    /// - Returns: Rates by address; an address is missing while nothing tells its rate.
    package func ratesFromOneLook(
        _ seen: Observation,
        freshFor freshness: Duration,
        interval: Duration
    ) -> [String: Forecast.Rate] {
        let fresh = measured.flatMap { seen.instant - $0.at < freshness ? $0.rates : nil } ?? [:]
        var rates: [String: Forecast.Rate] = [:]
        for row in seen.rows {
            rates[row.address] =
                fresh[row.address].map { Forecast.Rate($0, .measured) }
                ?? Forecast.Rate(averageOf: row, interval: interval)
        }
        return rates
    }
}
