/// A repeatable source of random numbers: the same seed always gives the same run.
///
/// Sebastiano Vigna's SplitMix64 (prng.di.unimi.it/splitmix64.c).
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

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
        return Duration(
            secondsComponent: seconds,
            attosecondsComponent: seconds < 0
                ? -Int64(next() % 1_000_000_000_000_000_000) : Int64(next() % 1_000_000_000_000_000_000)
        )
    }
}
