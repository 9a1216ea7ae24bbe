/// Whether the guard rails allow the flushes that limit, rate and triggers need.
package enum GuardRailFit: Hashable, Sendable {
    /// They do, or no flush is ever needed.
    case fits
    /// A flush is needed every `needed`, and `rail` allows one every `allowed`.
    case exceeds(needed: Duration, allowed: Duration, GuardRails.Rail)

    /// - Parameters:
    ///   - window: From clean to blocked.
    ///   - policy: When to flush, and what is allowed.
    package init(window: TimeToBlock, policy: Policy) {
        guard let window = window.duration else {
            self = .fits
            return
        }
        let needed = min(policy.flushWithin, policy.flushAt).of(window)
        let guardRails = policy.guardRails
        let hour = Duration.seconds(3600)
        let capped = hour / Int(clamping: max(1, guardRails.maxFlushesPerHour))
        let strictest = max(guardRails.minFlushGap, capped)
        if needed >= strictest {
            self = .fits
        } else {
            self = .exceeds(
                needed: needed,
                allowed: strictest,
                guardRails.minFlushGap >= capped ? .gap : .cap
            )
        }
    }
}

extension GuardRailFit: CustomStringConvertible {
    /// With the figures, and the keys that change it.
    package var description: String {
        switch self {
        case .fits: "the guard rails allow the flushes this needs"
        case .exceeds(let needed, let allowed, let rail):
            "a flush is needed every \(needed.phrase), \(rail.rawValue) allows one every \(allowed.phrase): "
                + "raise max_connect_errors, or change \(rail.rawValue)"
        }
    }
}
