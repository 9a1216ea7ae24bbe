package import Configuration
package import HostCacheCore

/// Target groups as the daemon sees them: the only way to look at one and to change it.
package struct TargetGroupPort: Sendable {
    /// Takes one look at a group; throws ``TargetGroupFailure`` or `CancellationError`.
    package var describe: @Sendable (_ arn: String) async throws -> TargetGroupEvidence
    /// Changes a group's health check and gives the interval that AWS answers it has now; nil where it does not
    /// say; throws as ``describe``.
    package var modify: @Sendable (_ arn: String, IntervalChange) async throws -> Duration?

    /// Makes a port for what `[aws]` says; `tried` is told of each try: the operation, whether it succeeded.
    package typealias Maker =
        @Sendable (
            DaemonConfiguration.AWS,
            _ tried: @escaping @Sendable (_ operation: String, _ succeeded: Bool) -> Void
        ) throws -> TargetGroupPort

    package init(
        describe: @escaping @Sendable (_ arn: String) async throws -> TargetGroupEvidence,
        modify: @escaping @Sendable (_ arn: String, IntervalChange) async throws -> Duration?
    ) {
        self.describe = describe
        self.modify = modify
    }
}

/// Why a look at or a change of a target group failed.
package struct TargetGroupFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The whole sentence: action, code and request id; nothing secret.
    package let description: String
    /// Whether the change may have taken effect: it is looked up before any repeat.
    package let outcomeIsUnknown: Bool
    /// Whether a person must do something: permission, credentials, no such group.
    package let needsPerson: Bool

    package init(_ description: String, outcomeIsUnknown: Bool, needsPerson: Bool) {
        self.description = description
        self.outcomeIsUnknown = outcomeIsUnknown
        self.needsPerson = needsPerson
    }
}
