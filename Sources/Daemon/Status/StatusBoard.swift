import Synchronization

/// Where every server loop says what it knows, for whoever shows it.
package final class StatusBoard: Sendable {
    private struct State {
        var statuses: [ServerStatus]
        var targetGroups: [TargetGroupStatus]
        var configuration = ConfigurationStatus()
        var requests: [String: RequestCounts] = [:]
        var revision: UInt64 = 0
    }

    private let state: Mutex<State>

    /// - Parameters:
    ///   - statuses: One for each configured server, in the configured order.
    ///   - targetGroups: One for each configured target group.
    package init(_ statuses: [ServerStatus], targetGroups: [TargetGroupStatus] = []) {
        state = Mutex(State(statuses: statuses, targetGroups: targetGroups))
    }

    /// Changes what is known of one server; does nothing for an unknown name.
    package func update(_ name: String, _ change: (inout ServerStatus) -> Void) {
        state.withLock { state in
            guard let index = state.statuses.firstIndex(where: { $0.name == name }) else { return }
            let before = state.statuses[index]
            change(&state.statuses[index])
            if state.statuses[index] != before { state.revision += 1 }
        }
    }

    /// Changes what is known of one target group; does nothing for an unknown one.
    package func update(targetGroup arn: String, _ change: (inout TargetGroupStatus) -> Void) {
        state.withLock { state in
            guard let index = state.targetGroups.firstIndex(where: { $0.arn == arn }) else { return }
            let before = state.targetGroups[index]
            change(&state.targetGroups[index])
            if state.targetGroups[index] != before { state.revision += 1 }
        }
    }

    /// Changes what is known of the configuration.
    package func update(_ change: (inout ConfigurationStatus) -> Void) {
        state.withLock { state in
            change(&state.configuration)
            state.revision += 1
        }
    }

    /// Counts one try of a request to AWS.
    package func count(request operation: String, failed: Bool) {
        state.withLock { state in
            state.requests[operation, default: RequestCounts()].made += 1
            state.requests[operation, default: RequestCounts()].failed += failed ? 1 : 0
            state.revision += 1
        }
    }

    /// Shows other servers and target groups; those there before keep what is known of them.
    ///
    /// - Parameters:
    ///   - servers: With whether the server is still at the same address: else what was seen is another's.
    ///   - targetGroups: All of them.
    package func replace(
        servers: [(status: ServerStatus, isSameAddress: Bool)],
        targetGroups: [TargetGroupStatus]
    ) {
        state.withLock { state in
            state.statuses = servers.map { new in
                let old = state.statuses.first { $0.name == new.status.name }
                return old.map { new.status.continuing($0, isSameAddress: new.isSameAddress) } ?? new.status
            }
            state.targetGroups = targetGroups.map { new in
                var group = state.targetGroups.first { $0.arn == new.arn } ?? new
                group.wanted = new.wanted
                return group
            }
            state.revision += 1
        }
    }

    /// What is known of the configuration that runs.
    package var configuration: ConfigurationStatus { state.withLock(\.configuration) }

    /// The requests to AWS by operation; none for one that was never made.
    package var requests: [String: RequestCounts] { state.withLock(\.requests) }

    /// What is known of one server; nil for an unknown name.
    package func status(of name: String) -> ServerStatus? {
        state.withLock { state in state.statuses.first { $0.name == name } }
    }

    /// All target groups in the configured order.
    package var targetGroups: [TargetGroupStatus] { state.withLock(\.targetGroups) }

    /// All servers in the configured order, and a number that grows with each change.
    package var current: (statuses: [ServerStatus], revision: UInt64) {
        state.withLock { ($0.statuses, $0.revision) }
    }
}
