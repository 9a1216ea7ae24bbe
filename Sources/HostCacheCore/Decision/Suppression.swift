/// An action that was due and was not done.
package struct Suppression: Hashable, Sendable {
    /// What would have been done.
    package var action: Policy.Action
    package var reason: Reason

    package init(_ action: Policy.Action, _ reason: Reason) {
        self.action = action
        self.reason = reason
    }

    /// Why it was not done.
    package enum Reason: Hashable, Sendable {
        /// The server is kept in `observe`.
        case observeMode
        /// `actions` does not list it.
        case actionOff
        /// The account may not do it.
        case privilege
        /// Another daemon holds the lock, and has not left this undone for two rounds.
        case notLeader
        /// A guard rail holds it until then.
        case rateLimit(GuardRails.Rail, until: Duration)
        /// Somebody else sent a FLUSH to a blind server, which may have been of the host cache: held until then.
        case foreignFlush(until: Duration)
    }

    /// Action and reason without the moment: what is counted.
    package struct Kind: Hashable, Sendable {
        package var action: Policy.Action
        /// One of ``reasons``.
        package var reason: String

        package init(action: Policy.Action, reason: String) {
            self.action = action
            self.reason = reason
        }

        /// Every reason that is counted, as metrics and state name it.
        package static let reasons = [
            "observe_mode", "action_off", "privilege", "not_leader", "rate_limit", "foreign_flush",
        ]
    }

    /// What is counted.
    package var kind: Kind {
        let name =
            switch reason {
            case .observeMode: "observe_mode"
            case .actionOff: "action_off"
            case .privilege: "privilege"
            case .notLeader: "not_leader"
            case .rateLimit: "rate_limit"
            case .foreignFlush: "foreign_flush"
            }
        return Kind(action: action, reason: name)
    }
}
