import HostCacheCore
import Logging

extension ServerLog {
    /// Tells what an assessment brought that the reader does not know yet.
    mutating func explain(_ assessment: Assessment, _ seen: Observation, policy: Policy) {
        explain(assessment.events, isFollower: assessment.leadership.isFollower)
        explain(assessment.forecast.exposure, seen)
        explainPrivileges(seen, policy: policy)
        explainBlocked(assessment.forecast)
        explainUnlisted(assessment.forecast, policy: policy)
        explainBound(assessment, seen, policy: policy)
        explainSuppressed(assessment, policy: policy, at: seen.instant)
        explainRails(assessment.railFit)
        switch assessment.raise {
        case .held(.never):
            tell(
                "limit",
                "\(seen.limit)",
                .info,
                "max_connect_errors is below what is wanted and is left alone",
                [.limit: "\(seen.limit)", .wanted: "\(policy.wantedLimit)"]
            )
        case .held(.noPersist):
            tell(
                "limit",
                "no persist",
                .error,
                "max_connect_errors cannot be raised as configured",
                [
                    .version: "\(seen.settings.version)", .reason: "it has no SET PERSIST",
                    .advice: "set raise_with = \"auto\"",
                ]
            )
        default:
            know("limit", nil)
        }
    }

    /// Tells a failure of a look, once until it is another.
    mutating func explain(_ failure: ServerFailure, retryIn wait: Duration) {
        if let block = failure.ownBlock {
            explain(block, failure, retryIn: wait)
            return
        }
        let needsPerson: Set<ServerFailure.Reason> = [.auth, .privilege, .tls]
        // A server that goes down says so in several ways on its way: lost, shutting down, refused.
        let known = KnownCause(code: failure.code)
        let isDown = [.connect, .dns, .timeout].contains(failure.reason) && known == nil
        tell(
            "server",
            isDown ? "down" : "\(failure.reason) \(failure.code ?? 0)",
            needsPerson.contains(failure.reason) ? .error : .warning,
            isDown ? "server is down" : "server could not be looked at",
            [.reason: failure.reason.rawValue, .error: failure.message, .retryIn: wait.phrase],
            cause: known
        )
    }

    /// Tells that logging in takes long where a look does not, once until it is quick again.
    mutating func explainLogin(_ login: Duration, look: Duration?) {
        guard let look, let slow = SlowLogin(login: login, look: look) else { return know("login", nil) }
        tell(
            "login",
            "slow",
            .warning,
            "logging in takes long",
            [.login: slow.login.phrase, .cause: SlowLogin.cause, .advice: SlowLogin.advice]
        )
    }

    private mutating func explain(_ events: [Assessment.Event], isFollower: Bool) {
        for event in events {
            switch event {
            case .serverRestarted: write(.notice, "server was restarted", [:])
            case .flushObserved:
                // The holder's flushes are no news to a follower.
                write(isFollower ? .info : .notice, "somebody else flushed the host cache", [:])
            case .flushPossible:
                tell(
                    "foreign flush",
                    "seen",
                    .info,
                    "somebody else sends FLUSH statements, of the host cache or of something else",
                    [.advice: "they are not taken as flushes: nothing shows what they flush"]
                )
            case .flushSkipped: write(.info, "scheduled flush skipped, no errors are spent", [:])
            case .unknownFlushResolved(let outcome):
                write(.notice, "flush with unknown outcome was looked up", [.outcome: outcome.words])
            case .unknownRaiseResolved(let isInForce):
                write(
                    .notice,
                    "raise with unknown outcome was looked up",
                    [.outcome: isInForce ? "ok" : "failed"]
                )
            case .raiseLatched:
                write(
                    .error,
                    "somebody keeps lowering max_connect_errors, it is only reported from here on",
                    [.advice: "find out who sets it, then reload hostcached"]
                )
            }
        }
    }

    private mutating func explainSuppressed(
        _ assessment: Assessment,
        policy: Policy,
        at instant: Duration
    ) {
        if case .flush = assessment.decision { holds.flush() }
        for action in Policy.Action.allCases where !assessment.forbids(action) {
            know("held \(action)", nil)
        }
        for suppression in assessment.suppressed {
            switch suppression.reason {
            case .observeMode, .actionOff, .privilege:
                tell(
                    "held \(suppression.action)",
                    suppression.kind.reason,
                    .notice,
                    "an action is due and not allowed here",
                    [
                        .action: suppression.action.rawValue,
                        .reason: suppression.reason.sentence,
                    ]
                )
            // Told as leadership, and as a FLUSH of somebody else's.
            case .notLeader, .foreignFlush: break
            case .rateLimit(let rail, _):
                guard holds.hold(rail, at: instant) else { break }
                write(
                    .error,
                    "a guard rail holds a flush that is due",
                    [
                        .guardRail: rail.rawValue, .trigger: assessment.trigger?.rawValue ?? "",
                        .limit: "\(assessment.forecast.limit)",
                        .advice: "raise max_connect_errors (now \(assessment.forecast.limit)), "
                            + "or change \(policy.guardRails.setting(rail))",
                    ]
                )
            }
        }
    }

    private mutating func explainRails(_ fit: GuardRailFit) {
        guard case .exceeds(let needed, let allowed, let rail) = fit else {
            know("rail fit", nil)
            return
        }
        tell(
            "rail fit",
            rail.rawValue,
            .warning,
            "the guard rails are narrower than limit and rate need",
            [
                .guardRail: rail.rawValue, .window: needed.phrase,
                .advice: "allowed is one flush every \(allowed.phrase)",
            ]
        )
    }
}

extension Assessment {
    /// Whether mode, `actions` or a privilege keep this action from being done although it is due.
    fileprivate func forbids(_ action: Policy.Action) -> Bool {
        suppressed.contains { suppression in
            guard suppression.action == action else { return false }
            return switch suppression.reason {
            case .observeMode, .actionOff, .privilege: true
            case .notLeader, .rateLimit, .foreignFlush: false
            }
        }
    }
}

extension Suppression.Reason {
    fileprivate var sentence: String {
        switch self {
        case .observeMode: "mode is observe"
        case .actionOff: "actions does not list it"
        case .privilege: "the account lacks a privilege"
        case .notLeader: "another daemon acts first"
        case .rateLimit(let rail, _): rail.rawValue
        case .foreignFlush: "somebody else may have flushed"
        }
    }
}

extension GuardRails {
    /// The key of a guard rail with its value, as the configuration writes it.
    fileprivate func setting(_ rail: Rail) -> String {
        switch rail {
        case .gap: "min_flush_gap (now \(minFlushGap.phrase))"
        case .cap: "max_flushes_per_hour (now \(maxFlushesPerHour))"
        }
    }
}
