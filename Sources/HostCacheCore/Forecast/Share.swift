/// A part of a whole, exact in thousandths.
///
/// `flush_within` and `flush_at` are shares: half the window is `Share(thousandths: 500)`.
package struct Share: Hashable, Comparable, Sendable {
    /// Parts of a thousand, 0 to 1000.
    package let thousandths: UInt16

    /// Creates a share, or nil when `thousandths` is above 1000.
    package init?(thousandths: UInt16) {
        guard thousandths <= 1000 else { return nil }
        self.thousandths = thousandths
    }

    private init(valid thousandths: UInt16) {
        self.thousandths = thousandths
    }

    /// One half, the default of `flush_within` and `flush_at`.
    package static let half = Share(valid: 500)

    /// Nothing.
    package static let none = Share(valid: 0)

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.thousandths < rhs.thousandths }

    /// The share of a duration, rounded down to a microsecond.
    package func of(_ whole: Duration) -> Duration {
        Duration(wholeMicroseconds: whole.wholeMicroseconds * Int128(thousandths) / 1000)
    }

    /// The share of a count, rounded up: a budget is spent when this many are.
    package func of(_ whole: UInt64) -> UInt64 {
        let product = UInt128(whole) * UInt128(thousandths)
        return UInt64(clamping: (product + 999) / 1000)
    }
}

extension Share: CustomStringConvertible {
    /// As a percentage: `50%`, `12.5%`.
    package var description: String {
        let (whole, tenth) = thousandths.quotientAndRemainder(dividingBy: 10)
        return tenth == 0 ? "\(whole)%" : "\(whole).\(tenth)%"
    }
}
