extension IntervalMemory.Held {
    /// The reason for a person, with what would change it.
    package var sentence: String {
        switch self {
        case .otherCheck: "this check does not touch MySQL"
        case .portUnknown: "a server behind a socket has not told its port yet, so it may be another's check"
        case .neverSucceeds:
            "MySQL does not speak what this check speaks: it never succeeds, and costs errors"
        case .slowFailover(let targets):
            "\(targets) targets: set accept_slow_failover = true to accept slow failover"
        case .managed(.terraform):
            "its tags mention Terraform, which would set it back: change it there, or set adopt = true"
        case .managed(let manager): "\(manager.rawValue) manages it: change it there, or set adopt = true"
        case .observeMode: "mode is observe"
        case .actionOff: "actions does not list interval"
        case .latched: "somebody keeps setting it back; find out who, then reload hostcached"
        case .retries: "the last change failed; it is tried again within the hour"
        }
    }
}
