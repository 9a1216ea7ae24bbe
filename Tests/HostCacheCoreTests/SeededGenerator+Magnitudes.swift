import TestSupport

extension SeededGenerator {
    /// A number of any magnitude: small ones are as likely as huge ones, and the ends come up.
    mutating func anyMagnitude() -> UInt64 {
        switch Int.random(in: 0..<20, using: &self) {
        case 0: 0
        case 1: .max
        default: next() >> UInt64.random(in: 0..<64, using: &self)
        }
    }

    /// A duration of any magnitude and sign, up to the longest that has whole seconds.
    mutating func anyDuration() -> Duration {
        let seconds = Int64(truncatingIfNeeded: next()) >> Int64.random(in: 0..<64, using: &self)
        let attoseconds = Int64(next() % 1_000_000_000_000_000_000)
        return Duration(
            secondsComponent: seconds,
            attosecondsComponent: seconds < 0 ? -attoseconds : attoseconds
        )
    }
}
