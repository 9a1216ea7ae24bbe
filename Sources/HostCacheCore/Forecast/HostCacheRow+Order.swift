extension [HostCacheRow] {
    /// How many rows are put in order; nobody reads on beyond them.
    static let nearestInOrder = 1000

    /// The places of all rows, the one nearest to the block first: most spent, then by address.
    ///
    /// A full host cache has 65,536 rows, which are not worth a sort of them all: of more than
    /// ``nearestInOrder`` that many come first, in order, and the others follow as they are.
    func nearestFirst() -> [Int] {
        var nearest: [Int] = []
        var farthest: Int?
        for place in indices {
            if let farthest, !isNearer(place, than: farthest) { continue }
            nearest.append(place)
            if nearest.count == 2 * Self.nearestInOrder {
                nearest.sort(by: isNearer)
                nearest.removeLast(Self.nearestInOrder)
                farthest = nearest.last
            }
        }
        nearest.sort(by: isNearer)
        nearest.removeLast(Swift.max(0, nearest.count - Self.nearestInOrder))
        guard nearest.count < count else { return nearest }
        var isPlaced = [Bool](repeating: false, count: count)
        for place in nearest { isPlaced[place] = true }
        return nearest + indices.filter { !isPlaced[$0] }
    }

    private func isNearer(_ place: Int, than other: Int) -> Bool {
        let (spent, otherSpent) = (self[place].spent, self[other].spent)
        return spent == otherSpent ? self[place].address < self[other].address : spent > otherSpent
    }
}
