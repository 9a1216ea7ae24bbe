package import HostCacheCore
import Logging

extension ServerLog {
    /// Tells of each address that may be a load balancer nobody listed, once.
    ///
    /// Once for good: after each flush its errors begin again.
    package mutating func explainUnlisted(_ forecast: Forecast, policy: Policy) {
        for finding in forecast.unlistedHosts(policy) where finding.level == .warning {
            let fix = finding.fixes.first?.text ?? ""
            tell(
                "unlisted \(fix)",
                "told",
                .warning,
                "an address outside load_balancers makes errors as a load balancer does",
                [.finding: finding.code.rawValue, .reason: finding.title, .advice: fix]
            )
        }
    }
}
