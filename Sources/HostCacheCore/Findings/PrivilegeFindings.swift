extension Assessment {
    /// What the account may not do, with the statement that grants it.
    func missingPrivileges(_ seen: Observation, policy: Policy) -> [Finding] {
        policy.missing(from: seen).map { missing in
            Finding(
                missing.purpose.code,
                level(of: missing, policy: policy),
                "\(title(missing.purpose)): \(missing.grant) is missing",
                why: why(missing, seen, policy: policy),
                fixes: fixes(missing, seen)
            )
        }
    }

    private func level(of missing: MissingPrivilege, policy: Policy) -> Finding.Level {
        switch missing.purpose {
        case .see: forecast.limit >= policy.wantedLimit ? .warning : .unknown
        case .flush, .raise: missing.isNeeded ? .warning : .ok
        }
    }

    private func title(_ purpose: MissingPrivilege.Purpose) -> String {
        switch purpose {
        case .see: "the account may not read the host cache"
        case .flush: "the account may not flush the host cache"
        case .raise: "the account may not raise max_connect_errors"
        }
    }

    private func why(_ missing: MissingPrivilege, _ seen: Observation, policy: Policy) -> String {
        let consequence =
            switch missing.purpose {
            case .see:
                "hosts are counted and blocked unseen: at most \(forecast.mostSpent) errors of any one host "
                    + "since the last flush are known"
            case .flush where missing.isNeeded: "only a higher limit keeps hosts from being blocked"
            case .raise where missing.isNeeded: "only flushes keep hosts from being blocked"
            case .raise where policy.isEnforcing:
                "it is needed once the limit is below \(policy.wantedLimit)"
            case .flush, .raise: "enforce would need it"
            }
        let roles = seen.privileges.hasRoles ? "; a role counts once it is active (SET DEFAULT ROLE)" : ""
        let cluster =
            missing.purpose == .flush && seen.settings.isGalera && seen.privileges.mayTruncate == true
            ? "; TRUNCATE, which it may send, is never sent to a node of a cluster: it would be replicated"
            : ""
        return consequence + cluster + roles
    }

    private func fixes(_ missing: MissingPrivilege, _ seen: Observation) -> [Finding.Fix] {
        let account = seen.privileges.account.map { "\($0)" } ?? "'user'@'host'"
        let grant = Finding.Fix(.sql, missing.grant.sql(to: account) + ";")
        guard missing.purpose == .raise else { return [grant] }
        return [
            grant,
            Finding.Fix(
                .advice,
                "where nobody can grant it (RDS, Aurora): set the limit in the parameter group, "
                    + "and raise_with = \"never\""
            ),
        ]
    }
}

extension MissingPrivilege.Purpose {
    fileprivate var code: Finding.Code {
        switch self {
        case .see: .cannotRead
        case .flush: .cannotFlush
        case .raise: .cannotRaise
        }
    }
}
