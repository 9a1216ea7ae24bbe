extension Policy {
    /// The same with the addresses that the names of load balancers stand for.
    ///
    /// While one of them is not known, anybody may be that load balancer: unless ``flushFor`` says more, every
    /// address counts.
    ///
    /// - Parameters:
    ///   - addresses: In the text form that the rows have.
    ///   - isComplete: Whether every name has addresses.
    /// - Returns: The policy to judge by now.
    package func knowing(_ addresses: Set<String>, isComplete: Bool) -> Policy {
        var policy = self
        policy.loadBalancers.formUnion(addresses)
        policy.flushFor = flushFor ?? (isComplete ? nil : .any)
        return policy
    }
}
