import Daemon
import TestSupport

extension Timekeeper {
    /// The wall time of a manual clock's zero: 2026-11-23 02:13:20 UTC.
    static let wallAtZero = Duration.seconds(1_795_400_000)

    /// Clocks that stand still until a test moves them.
    ///
    /// - Parameters:
    ///   - clock: Tells both times.
    ///   - offset: What somebody has set the wall clock ahead by; negative for back.
    /// - Returns: Clocks and sleep.
    static func manual(_ clock: ManualClock, wallIsOffBy offset: Duration = .zero) -> Timekeeper {
        Timekeeper(
            now: { clock.now.offset },
            wall: { wallAtZero + offset + clock.now.offset },
            sleep: { try await clock.sleep(for: $0) }
        )
    }
}
