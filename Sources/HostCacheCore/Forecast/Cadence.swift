/// Whether the errors of one address come as evenly as a health check's: again and again, at one pace.
///
/// Health checks come in bursts of a few errors every 5 to 300 s, people and scanners as they like. Told by the
/// looks in which errors had come, its rises: neither the time between two of them nor the pace may differ by more
/// than a factor of two. Where each rise is followed by looks without errors, twelve of them are enough; else thirty,
/// whose counts must spread much less than those of errors that come by chance. In a simulated day of errors by
/// chance, one a second to one in ten minutes, one run in two hundred was taken for even. A check whose interval fits
/// badly to that of the looks (30 s, looked at every 20) is not found.
struct Cadence: Sendable {
    /// When errors had come last, in microseconds; nil before the first.
    private var lastRise: Int64?
    /// Since when they have come evenly.
    private var begin: Int64 = 0
    /// The shortest and the longest time between two rises of this run, in seconds.
    private var gaps: (shortest: Float, longest: Float) = (.infinity, 0)
    /// The paces of this run, in errors a second: the lowest, the highest, their sum and that of their squares.
    private var paces: (lowest: Float, highest: Float, sum: Float, squares: Float) = (.infinity, 0, 0, 0)
    /// Errors that came so soon after a rise that they belong to it: a look in the midst of a burst, or one out of
    /// turn.
    private var carried: UInt32 = 0
    private var rises: UInt16 = 0
    /// Looks without errors since the last rise, and the fewest of them between two rises of this run.
    private var quiet: (now: UInt8, fewest: UInt8) = (0, .max)

    /// So many rises in a row are needed, and for so long.
    private static let enough: (apart: UInt16, side: UInt16) = (12, 30)
    private static let shortest: Int64 = 300_000_000
    /// Of errors by chance, variance and mean of a count are alike.
    private static let mostSpread: Float = 0.25

    /// Takes in what one look showed to have come since the one before.
    mutating func take(errors: UInt64, at instant: Duration) {
        guard errors > 0 else {
            quiet.now = quiet.now == .max ? .max : quiet.now + 1
            return
        }
        let now = Int64(clamping: instant.wholeMicroseconds)
        let errors = UInt64(carried).addingSaturating(errors)
        guard let last = lastRise else {
            lastRise = now
            quiet.now = 0
            return
        }
        let gap = Float(now - last) / 1_000_000
        guard gap > 0, rises == 0 || gap >= gaps.shortest / 2 else {
            carried = UInt32(clamping: errors)
            return
        }
        add(gap, pace: Float(errors) / gap, since: last)
        lastRise = now
        carried = 0
        quiet.now = 0
    }

    private mutating func add(_ gap: Float, pace: Float, since last: Int64) {
        let shortest = min(gaps.shortest, gap)
        let longest = max(gaps.longest, gap)
        let lowest = min(paces.lowest, pace)
        let highest = max(paces.highest, pace)
        if rises > 0, rises < .max, longest <= 2 * shortest, highest <= 2 * lowest {
            gaps = (shortest, longest)
            paces = (lowest, highest, paces.sum + pace, paces.squares + pace * pace)
            quiet.fewest = min(quiet.fewest, quiet.now)
            rises += 1
        } else {
            gaps = (gap, gap)
            paces = (pace, pace, pace, pace * pace)
            quiet.fewest = quiet.now
            (begin, rises) = (last, 1)
        }
    }

    /// Whether that is so at a moment: it ends when no error comes for twice as long as ever.
    func isEven(at instant: Duration) -> Bool {
        guard let lastRise, lastRise - begin >= Self.shortest else { return false }
        let silence = Float(Int64(clamping: instant.wholeMicroseconds) - lastRise) / 1_000_000
        guard silence <= 2 * gaps.longest else { return false }
        if quiet.fewest >= 2 { return rises >= Self.enough.apart }
        return rises >= Self.enough.side && spread <= Self.mostSpread
    }

    /// Variance over mean of the errors that come from one rise to the next.
    private var spread: Float {
        let count = Float(rises)
        let mean = paces.sum / count
        let variance = max(0, paces.squares - count * mean * mean) / (count - 1)
        let gap = Float(self.lastRise.map { $0 - begin } ?? 0) / 1_000_000 / count
        return variance * gap / mean
    }
}
