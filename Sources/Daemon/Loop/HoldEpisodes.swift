package import HostCacheCore

/// When a guard rail begins to hold flushes, and when it is the same hold still.
///
/// Under a steady load every flush is held for a while, by one rail or the other in turn: that is one episode. It
/// ends with a flush that nothing held, or after an hour without a hold.
package struct HoldEpisodes: Sendable {
    /// Rails that have held in this episode.
    private var rails: Set<GuardRails.Rail> = []
    /// The last hold; nil before the first.
    private var last: Duration?
    /// Whether a rail has held since the last flush.
    private var hasHeld = false

    /// The time without a hold after which the next one is another episode.
    private static let longestPause = Duration.seconds(3600)

    package init() {}

    /// Takes a hold at a look.
    ///
    /// - Returns: Whether it is the first of this rail in its episode.
    package mutating func hold(_ rail: GuardRails.Rail, at instant: Duration) -> Bool {
        if let last, instant - last > Self.longestPause { rails = [] }
        last = instant
        hasHeld = true
        return rails.insert(rail).inserted
    }

    /// Takes a flush that may be sent.
    package mutating func flush() {
        if !hasHeld { rails = [] }
        hasHeld = false
    }
}
