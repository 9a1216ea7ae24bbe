/// Asks until `condition` holds, for suites with a real server or a real process only.
///
/// Throws ``DeadlineError`` when it does not within `deadline`, and whatever `condition` throws.
package func waitUntil(
    deadline: Duration = .seconds(60),
    _ what: String = "the condition",
    _ condition: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + deadline
    while try await !condition() {
        guard ContinuousClock.now < end else { throw DeadlineError(what: what, deadline: deadline) }
        try await Task.sleep(for: .milliseconds(10))
    }
}

/// Something that should have come true did not, in time.
package struct DeadlineError: Error, Hashable, CustomStringConvertible {
    package let what: String
    package let deadline: Duration

    package var description: String { "\(what): not true within \(deadline)" }
}
