/// One number as the text format writes it.
///
/// Integers are kept exactly, never by way of `Double`. Two values are equal when they are written alike,
/// so not-a-number equals itself here.
package struct MetricValue: Hashable, Sendable {
    /// The number as it stands in the file.
    package let text: String

    /// Takes an integer of any width, written exactly.
    package init(_ integer: some BinaryInteger) {
        text = String(integer)
    }

    /// Takes a floating-point number, written in the shortest form that reads back as the same number.
    ///
    /// The special values are `NaN`, `+Inf` and `-Inf`, as in
    /// <https://prometheus.io/docs/instrumenting/exposition_formats/#comments-help-text-and-type-information>.
    package init(_ real: Double) {
        if real.isNaN {
            text = "NaN"
        } else if real.isInfinite {
            text = real < 0 ? "-Inf" : "+Inf"
        } else {
            let shortest = real.description
            text = shortest.hasSuffix(".0") ? String(shortest.dropLast(2)) : shortest
        }
    }

    /// Takes a state: 1 for true, 0 for false.
    package init(_ flag: Bool) {
        text = flag ? "1" : "0"
    }
}

extension MetricValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral {
    package init(integerLiteral value: Int64) { self.init(value) }
    package init(floatLiteral value: Double) { self.init(value) }
    package init(booleanLiteral value: Bool) { self.init(value) }
}
