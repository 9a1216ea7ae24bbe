import FoundationEssentials
package import TestSupport
package import Testing

extension Trait where Self == ConditionTrait {
    /// Skips a test, with the reason, where the server it needs is not installed.
    ///
    /// MariaDB comes with the distribution: in CI its absence is a failure, so the test runs there all the
    /// same.
    package static func needsServer(_ kind: ThrowawayServer.Kind) -> Self {
        .enabled("\(kind.reasonToSkip)") { kind.isExpected }
    }
}

extension ThrowawayServer.Kind {
    /// Skips the running case of a test over several kinds, as ``needsServer`` does the whole.
    ///
    /// The warning is there because Swift Testing keeps quiet about one cancelled case among others, and
    /// counts it as passed.
    package func skipUnlessExpected() throws {
        guard !isExpected else { return }
        Issue.record("\(reasonToSkip)", severity: .warning)
        try Test.cancel("\(reasonToSkip)")
    }

    fileprivate var isExpected: Bool {
        ThrowawayServer.isAvailable(self)
            || self == .mariadb && ProcessInfo.processInfo.environment["CI"] == "true"
    }

    fileprivate var reasonToSkip: String {
        guard let rootName else {
            return "NO MARIADB on this machine, so this is not tested: run .ci/install test"
        }
        return
            "NO \(rootName.uppercased()) on this machine, so this is not tested: run .ci/server-roots \(rootName)"
    }
}
