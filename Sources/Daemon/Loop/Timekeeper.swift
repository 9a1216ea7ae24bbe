/// The two clocks and the sleep of the process, from outside.
package struct Timekeeper: Sendable {
    /// The continuous clock: never set back, goes on while the machine sleeps; its zero is arbitrary.
    package var now: @Sendable () -> Duration
    /// The wall clock, since 1970 in UTC; people and other programs may set it.
    package var wall: @Sendable () -> Duration
    /// Waits, or throws `CancellationError`.
    package var sleep: @Sendable (Duration) async throws -> Void

    package init(
        now: @escaping @Sendable () -> Duration,
        wall: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.now = now
        self.wall = wall
        self.sleep = sleep
    }

    /// The process's own clocks.
    package static func live() -> Timekeeper {
        let start = ContinuousClock.now
        return Timekeeper(
            now: { start.duration(to: .now) },
            wall: { WallClock.now },
            sleep: { try await Task.sleep(for: $0, clock: .continuous) }
        )
    }

    /// A wall time as a moment of ``now``.
    ///
    /// Nil when it lies in the future: the clock was set back, so nothing is known about that moment.
    package func instant(ofWall time: Duration) -> Duration? {
        let age = wall() - time
        return age < .zero ? nil : now() - age
    }

    /// A moment of ``now`` as wall time.
    package func wall(of instant: Duration) -> Duration {
        wall() - (now() - instant)
    }
}
