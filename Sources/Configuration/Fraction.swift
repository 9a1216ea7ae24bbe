/// A share between 0 and 1 in exact thousandths, so that equal texts are equal values.
package struct Fraction: Comparable, Hashable, Sendable {
    /// 0 to 1000.
    package let thousandths: Int

    package static let half = Self(verified: 500)

    /// Creates a fraction, or nil when `thousandths` is not in 0 to 1000.
    package init?(thousandths: Int) {
        guard (0...1000).contains(thousandths) else { return nil }
        self.init(verified: thousandths)
    }

    /// Creates a fraction from a written number, or nil when it is not 0 to 1 in whole thousandths.
    package init?(_ number: Double) {
        // Int(exactly:) is nil for NaN and the infinities too.
        guard let thousandths = Int(exactly: (number * 1000).rounded()),
            // Both sides are the double next to the same decimal number.
            Double(thousandths) / 1000 == number
        else { return nil }
        self.init(thousandths: thousandths)
    }

    private init(verified thousandths: Int) {
        self.thousandths = thousandths
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.thousandths < rhs.thousandths }
}

extension Fraction: CustomStringConvertible {
    package var description: String { "\(Double(thousandths) / 1000)" }
}
