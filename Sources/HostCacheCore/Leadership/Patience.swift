/// How long a follower leaves what is urgent to the lock's holder: two rounds.
struct Patience: Sendable {
    /// Looks in a row that found something urgent which this daemon could do.
    private var looks = 0

    /// Rounds that the holder is given, from the first look that found something urgent.
    static let rounds = 2

    /// Takes one look.
    ///
    /// - Parameters:
    ///   - leadership: The lock's answer in this round.
    ///   - isUrgent: Whether a watched host is blocked or past its share of the limit, and the guard rails
    ///     allow a flush: what they hold back, the holder cannot do either.
    /// - Returns: Whether this daemon may act now.
    mutating func mayAct(as leadership: Leadership, isUrgent: Bool) -> Bool {
        guard leadership.isFollower else {
            looks = 0
            return true
        }
        looks = isUrgent ? looks + 1 : 0
        return looks > Self.rounds
    }
}
