import HostCacheCore
import Logging

extension ServerLog {
    /// Tells what a needed privilege is missing for, and that it was granted after all.
    mutating func explainPrivileges(_ seen: Observation, policy: Policy) {
        let lacking = policy.missing(from: seen)
        let missing = lacking.filter(\.isNeeded)
        for purpose in MissingPrivilege.Purpose.allCases {
            let topic = "privilege \(purpose)"
            if let lack = missing.first(where: { $0.purpose == purpose }) {
                let account = seen.privileges.account.map { "\($0)" } ?? "the account"
                tell(
                    topic,
                    lack.grant.description,
                    .error,
                    "a privilege is missing",
                    [
                        .privilege: lack.grant.description, .reason: "to \(purpose)",
                        .advice: lack.grant.sql(to: account),
                    ]
                )
            } else if let lacked = knows(topic) {
                // One that is not needed any more may be missing all the same.
                if !lacking.contains(where: { $0.purpose == purpose }) {
                    write(.notice, "a privilege that was missing is there", [.privilege: lacked])
                }
                know(topic, nil)
            }
        }
    }
}
