extension TargetGroupEvidence {
    /// What to say of a group's health check.
    ///
    /// - Parameters:
    ///   - verdict: The core's own verdict on it, the one the daemon acts on.
    ///   - policy: What is wanted.
    /// - Returns: One finding; a short interval is a warning with its cost before and after.
    package func finding(_ verdict: IntervalMemory.Verdict, policy: IntervalPolicy) -> Finding {
        let every = "target group \(name) checks every \(healthCheck.interval.phrase)"
        switch verdict {
        case .notNeeded:
            return Finding(
                .interval,
                .ok,
                every,
                why: "a failed target is noticed after \(healthCheck.detectionTime.phrase), "
                    + "a new one takes traffic after \(healthCheck.newTargetTime.phrase) at least"
            )
        case .held(.otherCheck):
            return Finding(
                .otherCheck,
                .ok,
                "\(every) by \(healthCheck.transport) on port \(healthCheck.port): "
                    + "this check does not touch MySQL",
                why: healthCheck.isEnabled && healthCheck.transport == "TCP"
                    ? "it does where that port leads to the same server as the configured one "
                        + "(admin_port, extra_port, a forwarded port): configure the check's port then" : nil
            )
        case .held(.neverSucceeds):
            return neverSucceeds
        case .held(.portUnknown):
            return Finding(
                .interval,
                .ok,
                "\(every) on port \(healthCheck.port)",
                why: IntervalMemory.Held.portUnknown.sentence
            )
        case .held(let held):
            return short(every, policy: policy, held: held.sentence)
        case .change:
            return short(every, policy: policy, held: nil)
        }
    }

    /// What MySQL's port cannot pass; traffic goes on, since a load balancer with no healthy target uses all of them
    /// (NLB guide, "Target group health": fail open).
    private var neverSucceeds: Finding {
        Finding(
            .checkNeverSucceeds,
            .warning,
            "target group \(name) checks MySQL's port every \(healthCheck.interval.phrase) by "
                + "\(healthCheck.transport): each check costs an error and none succeeds",
            why:
                "MySQL speaks no \(healthCheck.transport), so the target is never healthy; where none is, the load "
                + "balancer sends traffic to all of them, and the errors go on",
            fixes: [
                Finding.Fix(
                    .shell,
                    "aws elbv2 modify-target-group --target-group-arn \(arn) --health-check-protocol TCP",
                    .lasting
                ),
                Finding.Fix(
                    .advice,
                    "or, for checks without errors: HTTP on another port, of a program that asks the server",
                    .lasting
                ),
            ]
        )
    }

    private func short(_ every: String, policy: IntervalPolicy, held: String?) -> Finding {
        let change = IntervalChange(healthCheck, policy: policy)
        let after = change.applied(to: healthCheck)
        let cost =
            "detection \(healthCheck.detectionTime.phrase) -> \(after.detectionTime.phrase), "
            + "new target \(healthCheck.newTargetTime.phrase) -> \(after.newTargetTime.phrase)"
        return Finding(
            .interval,
            .warning,
            "\(every), wanted \(policy.wanted.phrase)",
            why: cost + (held.map { "; left alone: \($0)" } ?? "; hostcached sets it in enforce"),
            fixes: [Finding.Fix(.shell, change.command(arn), .lasting)]
        )
    }
}

extension IntervalChange {
    /// The same change by hand, with AWS's own command line.
    package func command(_ arn: String) -> String {
        var words = [
            "aws elbv2 modify-target-group --target-group-arn \(arn)",
            "--health-check-interval-seconds \(interval.wholeSeconds)",
        ]
        words += timeout.map { ["--health-check-timeout-seconds \($0.wholeSeconds)"] } ?? []
        words += healthyThreshold.map { ["--healthy-threshold-count \($0)"] } ?? []
        return words.joined(separator: " ")
    }
}
