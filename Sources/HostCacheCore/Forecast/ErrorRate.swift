/// Handshake errors per time, as an exact ratio of two whole numbers.
///
/// A health check that makes 6 errors every 300 s is `ErrorRate(errors: 6, per: .seconds(300))`,
/// which is 72 an hour without rounding.
package struct ErrorRate: Sendable {
    /// Errors counted during the span.
    package let errors: UInt64
    private let spanMicroseconds: UInt64

    /// Creates a rate, or nil when the span is shorter than a microsecond.
    ///
    /// Spans beyond ``Duration/farFuture`` are taken as that.
    package init?(errors: UInt64, per span: Duration) {
        let microseconds = span.wholeMicroseconds
        guard microseconds > 0 else { return nil }
        self.errors = errors
        spanMicroseconds = Self.clamped(microseconds)
    }

    /// Errors of one health check every `interval`; an interval under a microsecond is taken as that.
    package init(errors: UInt64, perHealthCheckInterval interval: Duration) {
        self.errors = errors
        spanMicroseconds = Self.clamped(interval.wholeMicroseconds)
    }

    private static func clamped(_ microseconds: Int128) -> UInt64 {
        UInt64(min(max(1, microseconds), Int128(Int64.max)))
    }

    /// The time in which the errors came.
    package var span: Duration { Duration(wholeMicroseconds: Int128(spanMicroseconds)) }

    /// How long `count` more errors take at this rate, rounded down to a microsecond.
    ///
    /// Never at a rate of zero, unless no more errors are needed. Saturates at ``Duration/farFuture``.
    package func time(for count: UInt64) -> TimeToBlock {
        guard count > 0 else { return .after(.zero) }
        guard errors > 0 else { return .never }
        let microseconds = UInt128(count) * UInt128(spanMicroseconds) / UInt128(errors)
        return .after(Duration(wholeMicroseconds: Int128(clamping: microseconds)))
    }

    /// The errors that come in `span` at this rate, in thousandths, rounded to nearest, saturating.
    package func thousandths(per span: Duration) -> UInt64 {
        let wanted = UInt128(max(0, span.wholeMicroseconds))
        let (scaled, overflow) = (UInt128(errors) * 1000).multipliedReportingOverflow(by: wanted)
        guard !overflow else { return .max }
        let divisor = UInt128(spanMicroseconds)
        // Not `(scaled + divisor / 2) / divisor`: the sum can be more than 128 bits.
        let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: divisor)
        return UInt64(clamping: quotient).addingSaturating(remainder >= divisor - remainder ? 1 : 0)
    }
}

extension ErrorRate: Comparable {
    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.crossed(with: rhs) == rhs.crossed(with: lhs)
    }

    package static func < (lhs: Self, rhs: Self) -> Bool {
        lhs.crossed(with: rhs) < rhs.crossed(with: lhs)
    }

    private func crossed(with other: Self) -> UInt128 {
        UInt128(errors) * UInt128(other.spanMicroseconds)
    }
}

extension ErrorRate: CustomStringConvertible {
    /// In the unit that keeps the number readable: `72 errors an hour`, `12 errors a minute`, `12 errors a second`.
    package var description: String {
        let perHour = thousandths(per: .seconds(3600))
        if perHour < 600_000 { return Self.phrase(perHour, "an hour") }
        let perMinute = thousandths(per: .seconds(60))
        if perMinute < 60_000 { return Self.phrase(perMinute, "a minute") }
        return Self.phrase(thousandths(per: .seconds(1)), "a second")
    }

    private static func phrase(_ thousandths: UInt64, _ unit: String) -> String {
        "\(decimal(thousandths)) \(thousandths == 1000 ? "error" : "errors") \(unit)"
    }

    /// Thousandths as a decimal number without trailing zeros: 1500 is `1.5`.
    package static func decimal(_ thousandths: UInt64) -> String {
        let (whole, rest) = thousandths.quotientAndRemainder(dividingBy: 1000)
        guard rest > 0 else { return "\(whole)" }
        let digits = String(1000 + rest).dropFirst()
        return "\(whole)." + digits.prefix(digits.count - digits.reversed().prefix { $0 == "0" }.count)
    }
}
