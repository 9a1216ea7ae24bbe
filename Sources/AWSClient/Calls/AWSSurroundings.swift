/// All that a caller of AWS needs from outside.
package struct AWSSurroundings: Sendable {
    package var transport: HTTPTransport
    package var credentials: CredentialSource
    /// A clock that is never set back; its zero is arbitrary.
    package var now: @Sendable () -> Duration
    /// The time since 1970 in UTC, for signatures.
    package var wall: @Sendable () -> Duration
    /// Waits, or throws `CancellationError`.
    package var sleep: @Sendable (Duration) async throws -> Void
    /// Evenly drawn from 0 up to but not including 1.
    package var random: @Sendable () -> Double
    /// Told of each try of a request: the action, such as "DescribeTags", and whether it succeeded.
    package var tried: @Sendable (_ action: String, _ succeeded: Bool) -> Void = { _, _ in }

    package init(
        transport: HTTPTransport,
        credentials: CredentialSource,
        now: @escaping @Sendable () -> Duration,
        wall: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.transport = transport
        self.credentials = credentials
        self.now = now
        self.wall = wall
        self.sleep = sleep
        self.random = random
    }
}
