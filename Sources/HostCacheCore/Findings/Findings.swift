extension Assessment {
    /// What to say about a server after one look, the worst first.
    ///
    /// - Parameters:
    ///   - seen: The look.
    ///   - policy: What is wanted.
    ///   - interval: The health-check interval in force.
    ///   - isUnwatched: Whether flushes are wanted here and no daemon is there that would send them.
    /// - Returns: The findings; never empty.
    package func findings(
        _ seen: Observation,
        policy: Policy,
        interval: Duration,
        isUnwatched: Bool = false
    ) -> [Finding] {
        if case .cannotBlock(let cause) = forecast.exposure {
            return [Self.cannotBlock(cause)]
        }
        let fixes = Fixes(seen, policy: policy, interval: interval)
        var found = blockedHosts(fixes)
        found += mayBeBlocked(fixes)
        found += missingPrivileges(seen, policy: policy)
        found += readOnlySessions(seen)
        found += blind(seen, policy: policy, fixes: fixes)
        found += rowsNotRead(seen, policy: policy)
        found += heatWave(seen, policy: policy)
        found += limit(seen, policy: policy, interval: interval, fixes: fixes)
        found += impossiblePersistence(seen, policy: policy)
        found += nearHosts(policy: policy, fixes: fixes)
        found += guardRails()
        found += forecast.unlistedHosts(policy)
        found += unvalidatedHosts()
        found += schedule(seen, policy: policy, isUnwatched: isUnwatched)
        // Stable: findings of one level keep the order above.
        return found.enumerated()
            .sorted { ($1.element.level, $0.offset) < ($0.element.level, $1.offset) }
            .map(\.element)
    }

    private static func cannotBlock(_ cause: Exposure.Cause) -> Finding {
        Finding(
            .cannotBlock,
            .ok,
            "this server cannot block anyone: \(cause.setting)",
            why:
                "connect errors are not counted; an empty host cache is no sign of health here, and nothing needs doing"
        )
    }

    /// Where a flush by hand needs more than the statement.
    private func readOnlySessions(_ seen: Observation) -> [Finding] {
        guard seen.settings.beginsReadOnly else { return [] }
        return [
            Finding(
                .beginsReadOnly,
                .ok,
                "new sessions begin read-only (transaction_read_only is ON)",
                why:
                    "hostcached makes its own read-write; in others MySQL refuses TRUNCATE with error 1792 until "
                    + "SET SESSION TRANSACTION READ WRITE"
            )
        ]
    }

    private func blockedHosts(_ fixes: Fixes) -> [Finding] {
        forecast.blocked.map { host in
            let who = host.isLoadBalancer ? "load balancer \(host.row.address)" : host.row.address
            let health =
                "; a health check that only opens a connection still succeeds, so the load balancer says "
                + "healthy while logins get 1129"
            return Finding(
                .hostBlocked,
                .critical,
                "\(who) is blocked: \(host.row.spent) of \(forecast.limit) errors spent, "
                    + "\(host.row.blockedConnections) connections refused",
                why: "every login from this address is refused with error 1129"
                    + (host.isLoadBalancer ? health : ""),
                fixes: fixes.now(spent: host.row.spent) + fixes.lasting
            )
        }
    }

    private func limit(
        _ seen: Observation,
        policy: Policy,
        interval: Duration,
        fixes: Fixes
    ) -> [Finding] {
        guard seen.limit < policy.wantedLimit else {
            let finding = Finding(
                .limit,
                .ok,
                "max_connect_errors is \(seen.limit); a clean address is blocked in \(forecast.window)",
                why: "at \(rateText(policy: policy))"
            )
            return [finding] + persistence(seen, policy: policy, fixes: fixes)
        }
        return [
            Finding(
                .limitTooLow,
                .warning,
                "max_connect_errors is \(seen.limit), wanted \(policy.wantedLimit)",
                why: "at \(rateText(policy: policy)) "
                    + "a clean address is blocked in \(forecast.window)",
                fixes: fixes.raise
            )
        ]
    }

    private func persistence(_ seen: Observation, policy: Policy, fixes: Fixes) -> [Finding] {
        guard raisedWithoutPersistence else { return [] }
        return [
            Finding(
                .limitNotPersisted,
                .ok,
                "max_connect_errors was raised while the server ran; \(seen.settings.version) forgets it at a restart",
                why: policy.isEnforcing && policy.actions.contains(.raise)
                    ? "hostcached raises it again then, once it is connected"
                    : "nothing raises it again then: hostcached may not raise here",
                fixes: [fixes.optionFile]
            )
        ]
    }

    private func impossiblePersistence(_ seen: Observation, policy: Policy) -> [Finding] {
        guard RaiseStatement.lacksPersistence(seen.settings.version, with: policy.raiseWith) else {
            return []
        }
        return [
            Finding(
                .cannotPersist,
                .warning,
                "raise_with is \"persist\", and \(seen.settings.version) has no SET PERSIST",
                why: "nothing is raised here",
                fixes: [Finding.Fix(.file, "hostcached.toml: raise_with = \"auto\"")]
            )
        ]
    }

    private func nearHosts(policy: Policy, fixes: Fixes) -> [Finding] {
        // Past the bound more is said than that a host is near.
        guard !isPastTheBound else { return [] }
        return forecast.hosts.filter { host in
            !host.isBlocked && host.row.spent > 0 && host.row.spent >= policy.flushAt.of(forecast.limit)
        }.map { host in
            let who = host.row.standsForAnyHost ? "some host may have" : "\(host.row.address) has"
            return Finding(
                .hostNearLimit,
                .warning,
                "\(who) spent \(host.row.spent) of \(forecast.limit) errors",
                why: host.timeToBlock.map { "at the present rate it is blocked in \($0)" },
                fixes: fixes.now(spent: host.row.spent) + fixes.lasting
            )
        }
    }

    private func guardRails() -> [Finding] {
        guard case .exceeds = railFit else { return [] }
        return [Finding(.guardRailsTooNarrow, .warning, railFit.description)]
    }

    /// One finding for all that are too many to name.
    private func rest(_ count: Int, _ code: Finding.Code, _ what: String) -> [Finding] {
        guard count > Offender.mostNamed else { return [] }
        return [Finding(code, .ok, "and \(count - Offender.mostNamed) more addresses \(what)")]
    }

    private func unvalidatedHosts() -> [Finding] {
        let hosts = forecast.hosts.filter { !$0.row.isValidated && $0.row.handshakeErrors > 0 }
        let findings = hosts.prefix(Offender.mostNamed).map { host in
            Finding(
                .hostNotValidated,
                .ok,
                "\(host.label) made \(host.row.handshakeErrors) errors, and none counts: HOST_VALIDATED is NO",
                why: "looking up its name fails for now; when that works again, its errors begin to count"
            )
        }
        return findings + rest(hosts.count, .hostNotValidated, "are not validated")
    }

    /// The schedule, and who keeps it: a time alone would promise a flush.
    private func schedule(_ seen: Observation, policy: Policy, isUnwatched: Bool) -> [Finding] {
        guard let interval = forecast.flushInterval else { return [] }
        let next = dueAt.map { $0 <= seen.instant ? "due now" : "due in \(($0 - seen.instant).phrase)" }
        let nobody: String? =
            if isUnwatched {
                "nobody sends it: no daemon in enforce watches this server"
            } else if !policy.isEnforcing {
                "hostcached sends none in observe"
            } else if !policy.actions.contains(.flush) {
                "hostcached sends none: actions does not list flush"
            } else {
                nil
            }
        return [
            Finding(
                .flushSchedule,
                isUnwatched ? .warning : .ok,
                "flush every \(interval.phrase) at most; \(next ?? "nothing is spent, so none is due")",
                why: nobody
            )
        ]
    }

    /// The rate with its source: `12 errors a minute (assumed: 6 errors every 30 s)`.
    private func rateText(policy: Policy) -> String {
        let interval = forecast.interval
        let perCheck = ErrorRate.decimal(forecast.rate.value.thousandths(per: interval))
        let errors = policy.errorsPerHealthCheck
        let assumption = "\(errors) \(errors == 1 ? "error" : "errors") every \(interval.phrase)"
        return switch forecast.rate.basis {
        case .measured: "\(forecast.rate.value) (measured: \(perCheck) a check, assumed: \(assumption))"
        case .average: "\(forecast.rate.value) (average since the first error, assumed: \(assumption))"
        case .assumed: "\(forecast.rate.value) (assumed: \(assumption))"
        case .supposed: "\(forecast.rate.value) (assumed: \(assumption); no load balancer is configured)"
        }
    }
}
