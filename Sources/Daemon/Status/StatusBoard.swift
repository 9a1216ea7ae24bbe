import Synchronization

/// Where every server loop says what it knows, for whoever shows it.
package final class StatusBoard: Sendable {
    private struct State {
        var statuses: [ServerStatus]
        var targetGroups: [TargetGroupStatus]
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
