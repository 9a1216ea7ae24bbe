/// What the rows last showed, for a look that could not read them.
///
/// It bounds the errors of any one host much closer than the server's counter alone, which counts all hosts since
/// the last flush.
struct LastRows: Hashable, Sendable {
    /// The most errors of any host then, and what was added to the server's counter since.
    private(set) var bound: ErrorBound
    /// The oldest first error of a host that had spent some; the look itself where none had.
    private let firstError: Duration

    /// Takes what a look shows whose rows were read.
    ///
    /// - Parameters:
    ///   - seen: The look.
    ///   - watches: Whether errors of an address make a flush due; the others' are left alone unseen too.
    init(_ seen: Observation, watched watches: (String) -> Bool) {
        let rows = seen.rows.filter { watches($0.address) }
        // Of a host that is not validated too: its errors begin to count with the next lookup of its name.
        let most = rows.lazy.map(\.connectErrors).max() ?? 0
        bound = ErrorBound(
            counter: seen.abortedConnects,
            spent: most,
            countedSince: seen.countedSince,
            at: seen.instant
        )
        firstError =
            rows.lazy.filter { $0.spent > 0 }.map { seen.instant - ($0.firstErrorAge ?? seen.uptime) }
            .min()
            ?? seen.instant
    }

    /// The row to judge a look by whose rows could not be read; takes in what its counter added.
    ///
    /// - Parameters:
    ///   - seen: The look.
    ///   - flushed: What is known since the last flush: where that came later, it is less.
    ///   - arrived: As of ``Observation/blindRow(spent:arrived:)``.
    /// - Returns: A row that stands for any host.
    mutating func row(_ seen: Observation, flushed: ErrorBound, arrived: UInt64) -> HostCacheRow {
        bound = ErrorBound(bound, seen, canBlock: true)
        var row = seen.blindRow(spent: min(bound.spent, flushed.spent), arrived: arrived)
        if row.spent > 0 { row.firstErrorAge = max(.zero, seen.instant - firstError) }
        return row
    }
}
