/// How long a follower leaves what is due to the lock's holder: two rounds.
struct Patience: Sendable {
    /// Looks in a row that found the action due, and this daemon able to do it.
    private var looks: [Policy.Action: Int] = [:]

    /// Rounds that the holder is given, from the first look that found the action due.
    static let rounds = 2

    /// Takes one look.
    ///
    /// - Parameters:
    ///   - action: What may be due.
    ///   - leadership: The lock's answer in this round.
    ///   - isDue: Whether it is, and nothing but the lock holds it back: what the guard rails hold back, the holder
    ///     cannot do either.
    /// - Returns: Whether this daemon may do it now.
    mutating func mayDo(_ action: Policy.Action, as leadership: Leadership, isDue: Bool) -> Bool {
        guard leadership.isFollower else {
            looks[action] = nil
            return true
        }
        let inARow = isDue ? looks[action, default: 0] + 1 : 0
        looks[action] = inARow
        return inARow > Self.rounds
    }
}
