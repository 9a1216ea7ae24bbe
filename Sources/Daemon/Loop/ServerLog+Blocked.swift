import HostCacheCore
import Logging

extension ServerLog {
    private static let blocked = "blocked"
    private static let bound = "bound"

    /// Tells which hosts are blocked when one more is, and which are not any more.
    ///
    /// A look that does not see the host cache tells nothing of either.
    mutating func explainBlocked(_ forecast: Forecast) {
        guard forecast.exposure != .blind else { return }
        let now = Set(forecast.blocked.map(\.row.address))
        let before = Set((knows(Self.blocked) ?? "").split(separator: " ").map(String.init))
        let freed = before.subtracting(now).sorted()
        if !freed.isEmpty {
            let rest =
                freed.count > Offender.mostNamed ? "; and \(freed.count - Offender.mostNamed) more" : ""
            write(
                .notice,
                "hosts are not blocked any more",
                [
                    .hosts: freed.prefix(Offender.mostNamed).joined(separator: "; ") + rest,
                    .limit: "\(forecast.limit)",
                ]
            )
        }
        let state = now.isEmpty ? nil : now.sorted().joined(separator: " ")
        guard let state, !now.isSubset(of: before) else { return know(Self.blocked, state) }
        tell(
            Self.blocked,
            state,
            .error,
            "hosts are blocked",
            [
                .hosts: forecast.offenders.filter(\.host.isBlocked).named, .limit: "\(forecast.limit)",
                .advice: "logins from there get error 1129",
            ]
        )
    }

    /// Tells when an address of a server that cannot be seen may be blocked, and when that is over.
    mutating func explainBound(_ assessment: Assessment, _ seen: Observation, policy: Policy) {
        let spent = assessment.forecast.mostSpent
        let values: KeyValuePairs<LogKey, String> = [
            .spent: "\(spent)", .limit: "\(assessment.forecast.limit)",
        ]
        guard assessment.isPastTheBound else {
            guard knows(Self.bound) != nil else { return }
            write(.notice, "no address can be blocked any more", values)
            return know(Self.bound, nil)
        }
        // The interval is about what lasts, which is not told here.
        let fixes = Fixes(seen, policy: policy, interval: policy.wantedInterval).now(spent: spent)
        tell(
            Self.bound,
            "past",
            .error,
            "an address may be blocked now, and the host cache cannot be seen",
            [
                .spent: "\(spent)", .limit: "\(assessment.forecast.limit)",
                .advice: fixes.first?.text ?? "raise max_connect_errors",
            ]
        )
    }
}
