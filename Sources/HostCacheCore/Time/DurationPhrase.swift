extension Duration {
    /// The duration as a person reads it: `69 h 26 min 40 s`, `8 min 20 s`, `250 ms`, `0 s`.
    ///
    /// Whole units from days down, the three largest at most, zeros left out; parts below a
    /// millisecond are dropped, and ten years or more are said in years.
    package var phrase: String {
        let milliseconds = wholeMicroseconds / 1000
        guard milliseconds >= 0 else { return "-" + (Duration.zero - self).phrase }
        guard milliseconds >= 1000 else { return milliseconds == 0 ? "0 s" : "\(milliseconds) ms" }
        let seconds = wholeSeconds
        guard seconds < 10 * Self.secondsPerYear else { return Self.years(in: seconds) }
        return Self.clockPhrase(seconds)
    }

    private static let secondsPerYear: Int64 = 31_556_952

    private static func years(in seconds: Int64) -> String {
        guard seconds < Duration.farFuture.wholeSeconds else { return "more than 292000 years" }
        return "\(seconds / secondsPerYear) years"
    }

    private static func clockPhrase(_ seconds: Int64) -> String {
        let (hours, rest) = seconds.quotientAndRemainder(dividingBy: 3600)
        let parts = [
            // Up to four days the hours stay together: the field speaks of the "69-hour window".
            (hours >= 96 ? hours / 24 : 0, "d"),
            (hours >= 96 ? hours % 24 : hours, "h"),
            (rest / 60, "min"),
            (rest % 60, "s"),
        ]
        return parts.filter { $0.0 > 0 }.prefix(3).map { "\($0.0) \($0.1)" }.joined(separator: " ")
    }
}
