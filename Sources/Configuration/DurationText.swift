/// The text form of a duration in the configuration: `250ms`, `5s`, `10m`, `1h`, `1h30m`.
package enum DurationText {
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads whole numbers with the units h, m, s and ms, each at most once, from large to small.
    ///
    /// No sign, space, fraction or exponent. Nil for everything else and for what does not fit into 64
    /// bits of milliseconds.
    package static func parse(_ text: String) -> Duration? {
        guard !text.isEmpty else { return nil }
        var rest = text.utf8[...]
        var usable = units[...]
        var total: Int64 = 0
        while !rest.isEmpty {
            // "٣" and "+3" are numbers to Int64, but not here.
            let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            let name = rest.dropFirst(digits.count).prefix {
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            }
            guard
                let count = Int64(String(decoding: digits, as: UTF8.self)),
                let index = usable.firstIndex(where: { name.elementsEqual($0.name.utf8) })
            else { return nil }
            let part = count.multipliedReportingOverflow(by: units[index].milliseconds)
            let sum = total.addingReportingOverflow(part.partialValue)
            guard !part.overflow, !sum.overflow else { return nil }
            total = sum.partialValue
            usable = usable[(index + 1)...]
            rest = rest.dropFirst(digits.count + name.count)
        }
        return .milliseconds(total)
    }

    /// Writes whole seconds as `300s` and everything else as milliseconds, `1500ms`.
    ///
    /// What is below a millisecond is cut off. ``parse(_:)`` reads it back where it is not negative.
    package static func print(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        guard attoseconds != 0 else { return "\(seconds)s" }
        let milliseconds = Int128(seconds) * 1000 + Int128(attoseconds / 1_000_000_000_000_000)
        return "\(milliseconds)ms"
    }
}
