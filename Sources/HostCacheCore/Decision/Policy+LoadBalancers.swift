extension Policy {
    /// The same with the addresses that the names of load balancers stand for.
    ///
    /// While one of them is not known, anybody may be that load balancer: unless ``flushFor`` says more, every
    /// address counts.
    ///
    /// - Parameters:
    ///   - addresses: In the text form that the rows have.
    ///   - isComplete: Whether every name has addresses.
    ///   - ownIntervals: The health-check interval of each address whose own load balancer is known.
    /// - Returns: The policy to judge by now.
    package func knowing(
        _ addresses: Set<String>,
        isComplete: Bool,
        ownIntervals: [String: Duration] = [:]
    ) -> Policy {
        var policy = self
        policy.ownIntervals = ownIntervals
        policy.loadBalancers.formUnion(addresses)
        policy.flushFor = flushFor ?? (isComplete ? nil : .any)
        return policy
    }
}

extension Policy {
    /// `errors_per_health_check` an interval.
    package func assumedRate(_ interval: Duration) -> ErrorRate {
        ErrorRate(errors: errorsPerHealthCheck, perHealthCheckInterval: interval)
    }

    /// The shortest health-check interval of any load balancer.
    ///
    /// - Parameter interval: That of the addresses whose own load balancer is not known.
    /// - Returns: The interval to count with where no row tells more.
    func shortestInterval(_ interval: Duration) -> Duration {
        let isKnown = { ownIntervals[$0] != nil }
        let own = ownIntervals.values.min()
        guard let own, loadBalancers.allSatisfy(isKnown) else { return min(interval, own ?? interval) }
        return own
    }
}
