/// How much of the host cache one look could read.
///
/// Settings and status are read first: what keeps the rows from being read does not keep a server from being
/// protected, it is judged as blind for that look.
package enum RowReading: Hashable, Sendable {
    /// Every row.
    case complete
    /// The fullest rows: there are more than are read. That a row is missing says nothing.
    case fullest
    /// None of them.
    case unreadable(Obstacle, detail: String)

    /// What kept the rows from being read.
    package enum Obstacle: String, Hashable, Sendable, CaseIterable {
        /// The account may not.
        case refused
        /// Somebody's lock on the table was not had in time (1205).
        case locked
        /// They did not come within the statement's bound.
        case slow
        /// What came was no host cache.
        case garbled
        /// The server gave another error.
        case failed
    }

    /// Whether the rows may be there again at the next look: nothing but a privilege keeps them away for good.
    var isGap: Bool {
        switch self {
        case .unreadable(.refused, _), .complete, .fullest: false
        case .unreadable: true
        }
    }

    /// Whether nothing is known of the rows of this look.
    package var isUnreadable: Bool {
        if case .unreadable = self { true } else { false }
    }
}
