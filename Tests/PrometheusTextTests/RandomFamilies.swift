import PrometheusText

extension MetricFamilies {
    /// Any valid file, with every awkward scalar in labels and help.
    static func random(using generator: inout SeededGenerator) throws -> MetricFamilies {
        try MetricFamilies(
            (0..<Int.random(in: 0...4, using: &generator)).map { index in
                let kind: MetricFamily.Kind = Bool.random(using: &generator) ? .counter : .gauge
                return try MetricFamily(
                    name: "family_\(index)" + (kind == .counter ? "_total" : ""),
                    help: "h" + text(using: &generator),
                    kind: kind,
                    samples: (0..<Int.random(in: 0...3, using: &generator)).map { sample in
                        Sample(
                            labels: ["number": "\(sample)", "label": text(using: &generator)],
                            value: value(using: &generator)
                        )
                    }
                )
            }
        )
    }

    private static func text(using generator: inout SeededGenerator) -> String {
        let awkward: [Unicode.Scalar] = [
            "\\", "\"", "\n", "\r", "n", " ", "{", "}", ",", "=", "#", "\t", "\u{301}", "é", "🦭", "\u{2028}",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &generator) {
            text.append(awkward.randomElement(using: &generator) ?? "\\")
        }
        return String(text)
    }

    private static func value(using generator: inout SeededGenerator) -> MetricValue {
        switch Int.random(in: 0...3, using: &generator) {
        case 0: MetricValue(UInt64.random(in: 0...UInt64.max, using: &generator))
        case 1: MetricValue(Double(bitPattern: UInt64.random(in: 0...UInt64.max, using: &generator)))
        case 2: MetricValue([Double.nan, .infinity, -.infinity, -0.0].randomElement(using: &generator) ?? 0)
        default: MetricValue(Int64.random(in: Int64.min...Int64.max, using: &generator))
        }
    }
}
