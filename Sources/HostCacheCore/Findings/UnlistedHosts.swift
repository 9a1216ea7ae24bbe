extension Forecast {
    /// What to say of addresses with errors that are not in `load_balancers`.
    ///
    /// A warning where one is past `flush_at`, or its errors come as evenly as a health check's: it may be a load
    /// balancer that nobody listed. Where none is listed at all, every address counts for a flush anyway.
    ///
    /// - Parameter policy: What is wanted.
    /// - Returns: One finding for each of the first ``Offender/mostNamed``, warnings first, and one for all others.
    package func unlistedHosts(_ policy: Policy) -> [Finding] {
        let hosts = offenders.filter { offender in
            let host = offender.host
            guard !host.isLoadBalancer, !host.row.standsForAnyHost else { return false }
            return host.isEven || (!policy.loadBalancers.isEmpty && host.row.spent > 0)
        }
        let marked = hosts.map { (offender: $0, isSuspect: isSuspect($0.host, policy)) }
        let ordered = marked.filter(\.isSuspect) + marked.filter { !$0.isSuspect }
        let findings = ordered.prefix(Offender.mostNamed)
            .map { $0.isSuspect ? suspect($0.offender, policy) : bystander($0.offender) }
        guard hosts.count > Offender.mostNamed else { return findings }
        let rest = "and \(hosts.count - Offender.mostNamed) more addresses make errors too"
        return findings + [Finding(.otherOffender, .ok, rest)]
    }

    private func isSuspect(_ host: Host, _ policy: Policy) -> Bool {
        host.isEven || host.row.spent >= max(1, policy.flushAt.of(limit))
    }

    private func bystander(_ offender: Offender) -> Finding {
        Finding(
            .otherOffender,
            .ok,
            "\(offender.host.label) makes errors too: \(offender.host.row.spent) of \(limit) spent, "
                + "\(offender.share) of all errors",
            why: "it is not one of load_balancers; something there opens connections and drops them"
        )
    }

    private func suspect(_ offender: Offender, _ policy: Policy) -> Finding {
        let host = offender.host
        let spent = "\(host.row.spent) of \(limit) spent, \(offender.share) of all errors"
        let title =
            host.isEven
            ? "\(host.label) is not in load_balancers, and its errors come as evenly as a health check's: \(spent)"
            : "\(host.label) is not in load_balancers, and its errors are past flush_at: \(spent)"
        let why =
            policy.watches(host.row.address)
            ? "if it is a load balancer's, its rate is only known once it is measured"
            : "if it is a load balancer's, it gets blocked: no flush is made for it"
        let address = host.row.address.debugDescription
        let line =
            policy.loadBalancers.isEmpty
            ? "load_balancers = [\(address)]" : "load_balancers = [\(address), …], added to those there"
        return Finding(
            .otherOffender,
            policy.loadBalancers.isEmpty ? .ok : .warning,
            title,
            why: why,
            fixes: [Finding.Fix(.file, "hostcached.toml: \(line)")]
        )
    }
}
