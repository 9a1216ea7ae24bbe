package import Configuration
import Synchronization

/// The port to target groups for what `[aws]` says now, shared by all groups while it stays the same.
package final class TargetGroupPorts: Sendable {
    private let make: @Sendable (DaemonConfiguration.AWS) throws -> TargetGroupPort
    private let last = Mutex<(aws: DaemonConfiguration.AWS, port: TargetGroupPort)?>(nil)

    package init(_ make: @escaping @Sendable (DaemonConfiguration.AWS) throws -> TargetGroupPort) {
        self.make = make
    }

    /// The port; one that fails at each call where it cannot be made.
    package func port(_ aws: DaemonConfiguration.AWS) -> TargetGroupPort {
        last.withLock { last in
            if let last, last.aws == aws { return last.port }
            let port: TargetGroupPort
            do {
                port = try make(aws)
            } catch {
                let failure = TargetGroupFailure("\(error)", outcomeIsUnknown: false, needsPerson: true)
                port = TargetGroupPort(describe: { _ in throw failure }, modify: { _, _ in throw failure })
            }
            last = (aws, port)
            return port
        }
    }
}
