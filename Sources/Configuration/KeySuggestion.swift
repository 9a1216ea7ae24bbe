/// Finds what a mistyped word was meant to be.
enum KeySuggestion {
    /// The nearest of `known` by edit distance, the first in their order where two are as near.
    ///
    /// Nil when it takes more edits than a third of the word, at least one and at most three.
    static func nearest(to word: String, among known: [String]) -> String? {
        let limit = min(3, max(1, word.unicodeScalars.count / 3))
        let ranked = known.map { (word: $0, distance: distance(word, $0)) }
        guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit else {
            return nil
        }
        return best.word
    }

    /// How many insertions, deletions and replacements lead from `left` to `right` (Levenshtein).
    private static func distance(_ left: String, _ right: String) -> Int {
        let right = Array(right.unicodeScalars)
        var row = Array(0...right.count)
        for (index, scalar) in left.unicodeScalars.enumerated() {
            var diagonal = row[0]
            row[0] = index + 1
            for column in right.indices {
                let above = row[column + 1]
                let replaced = diagonal + (scalar == right[column] ? 0 : 1)
                row[column + 1] = min(replaced, above + 1, row[column] + 1)
                diagonal = above
            }
        }
        return row[right.count]
    }
}
