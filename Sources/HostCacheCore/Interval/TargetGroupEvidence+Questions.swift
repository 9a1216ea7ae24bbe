extension TargetGroupEvidence {
    /// Whether a health check opens connections to MySQL on that port, which cost it an error each.
    ///
    /// Whatever it speaks: an HTTP request and a TLS greeting are counted as a connection is that is opened and
    /// dropped (tried on MariaDB 10.11 and MySQL 9.7, five of five).
    package func touches(port watched: UInt16) -> Bool {
        guard healthCheck.isEnabled else { return false }
        guard healthCheck.port == "traffic-port" else { return healthCheck.port == String(watched) }
        return targets.isEmpty ? port == watched : targets.contains { ($0.port ?? port) == watched }
    }

    /// Whether a host name is that of a load balancer that uses this group.
    ///
    /// A network load balancer `…:loadbalancer/net/NAME/ID` is reached as `NAME-ID.elb.REGION.amazonaws.com`, or with
    /// a zone before that (AWS, "Network Load Balancers": DNS name). Any other name says nothing.
    package func isUsed(byLoadBalancerNamed host: String) -> Bool {
        let labels = host.lowercased().split(separator: ".")
        guard labels.contains("elb") else { return false }
        return loadBalancers.contains { arn in
            let parts = arn.lowercased().split(separator: "/")
            guard parts.count == 4, parts[1] == "net" else { return false }
            return labels.prefix(2).contains("\(parts[2])-\(parts[3])")
        }
    }

    /// Targets that take traffic or will: draining and unused ones do not count.
    package var liveTargets: [Target] { targets.filter { !Self.leaving.contains($0.state) } }

    private static let leaving: Set<String> = ["draining", "unhealthy.draining", "unused"]

    /// Who else looks after this group, by its tags; nil when nobody does.
    ///
    /// CloudFormation and the AWS load balancer controller set their own keys. Terraform sets none of its own:
    /// the word in a key or value is a guess, and the caller says so.
    package var manager: Manager? {
        for tag in tags {
            if tag.key.hasPrefix("aws:cloudformation:") { return .cloudFormation }
            if Self.kubernetesPrefixes.contains(where: { tag.key.hasPrefix($0) }) { return .kubernetes }
        }
        let mentions = tags.contains { tag in
            tag.key.lowercased().contains("terraform") || tag.value.lowercased().contains("terraform")
        }
        return mentions ? .terraform : nil
    }

    private static let kubernetesPrefixes = ["elbv2.k8s.aws/", "kubernetes.io/", "ingress.k8s.aws/"]

    /// Who else looks after a group.
    package enum Manager: String, Hashable, Sendable {
        case cloudFormation = "CloudFormation"
        case kubernetes = "Kubernetes"
        /// A guess by a word in the tags.
        case terraform = "Terraform"
    }
}

extension TargetGroupEvidence.HealthCheck {
    /// Whether MySQL can pass it: only a check that speaks nothing does; no HTTP or TLS greeting is answered.
    package var canSucceed: Bool { transport == "TCP" }

    /// Until a silent target counts as unhealthy: interval times threshold.
    ///
    /// Saturates at ``Duration/farFuture``: the factors are whatever the answer said.
    package var detectionTime: Duration { time(of: unhealthyThreshold) }

    /// Until a new target takes traffic: at least three minutes of registration, then interval times threshold.
    ///
    /// Registration takes 180 to 300 s (AWS support, quoted in aws-load-balancer-controller issue 1834).
    /// Saturates at ``Duration/farFuture``.
    package var newTargetTime: Duration { min(.farFuture, .seconds(180) + time(of: healthyThreshold)) }

    /// How long that many checks take.
    private func time(of checks: Int) -> Duration {
        let (product, overflow) = interval.wholeMicroseconds.multipliedReportingOverflow(by: Int128(checks))
        return overflow ? .farFuture : Duration(wholeMicroseconds: product)
    }
}
