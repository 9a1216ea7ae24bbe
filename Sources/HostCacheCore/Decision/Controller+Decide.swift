/// What to do, and what forbids it.
extension Controller {
    mutating func decide(
        _ seen: Observation,
        forecast: Forecast,
        trigger: FlushTrigger?,
        raise: RaiseMemory.Verdict,
        leadership: Leadership
    ) -> (Assessment.Decision, [Suppression]) {
        let rails = policy.guardRails.verdict(
            at: seen.instant,
            history: memory.flushes,
            unblocksLoadBalancer: forecast.hosts.contains { $0.isBlocked && $0.isLoadBalancer }
        )
        let isOurTurn = patience.mayDo(.flush, as: leadership, isDue: trigger != nil && rails == .allowed)
        let statement: RaiseStatement? = if case .raise(let statement) = raise { statement } else { nil }
        let forbidden = forbids(.raise, isAllowed: seen.privileges.mayRaise)
        let mayRaise = patience.mayDo(.raise, as: leadership, isDue: statement != nil && forbidden == nil)
        var suppressed: [Suppression] = []
        if let statement {
            guard let reason = forbidden ?? (mayRaise ? nil : .notLeader) else {
                return (.raise(statement, to: policy.wantedLimit), [])
            }
            suppressed.append(Suppression(.raise, reason))
        }
        guard let trigger else {
            foreign.release()
            return (.hold, suppressed)
        }
        let allowed = FlushStatement.allowed(on: seen, with: policy.flushWith)
        if let reason = forbids(.flush, isAllowed: !allowed.isEmpty) {
            foreign.release()
            return (.hold, suppressed + [Suppression(.flush, reason)])
        }
        if case .wait(let until, let rail) = rails {
            return (.hold, suppressed + [Suppression(.flush, .rateLimit(rail, until: until))])
        }
        guard isOurTurn else {
            foreign.release()
            return (.hold, suppressed + [Suppression(.flush, .notLeader)])
        }
        if forecast.exposure == .blind,
            let until = foreign.hold(at: seen.instant, upTo: longestHold(forecast))
        {
            return (.hold, suppressed + [Suppression(.flush, .foreignFlush(until: until))])
        }
        let open =
            allowed.filter { !refused.contains($0) && !deferred.contains($0) }
            + allowed.filter { !refused.contains($0) && deferred.contains($0) }
        // With every statement refused the last word may have been another's: privileges change.
        return (.flush(open.isEmpty ? allowed : open, trigger), suppressed)
    }

    /// How long a due flush may be held for one that somebody else may have sent.
    ///
    /// The minimum gap, but never more than half of what is left of the window when a flush becomes due.
    private func longestHold(_ forecast: Forecast) -> Duration {
        let gap = policy.guardRails.minFlushGap
        guard let window = forecast.window.duration else { return gap }
        return min(gap, (window - max(policy.flushWithin, policy.flushAt).of(window)) / 2)
    }

    /// What keeps an action from being done; an account of which nothing is known may try.
    private func forbids(_ action: Policy.Action, isAllowed: Bool?) -> Suppression.Reason? {
        guard policy.isEnforcing else { return .observeMode }
        guard policy.actions.contains(action) else { return .actionOff }
        return isAllowed == false ? .privilege : nil
    }
}
