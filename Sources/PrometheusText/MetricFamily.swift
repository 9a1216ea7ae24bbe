/// One metric: its name, its meaning and all its series, in the order in which they are written.
package struct MetricFamily: Hashable, Sendable {
    /// How the value moves.
    package enum Kind: String, Hashable, Sendable {
        /// Only ever rises, or starts again from zero.
        case counter
        /// Goes up and down.
        case gauge
    }

    package let name: String
    package let help: String
    package let kind: Kind
    package let samples: [Sample]

    /// Checks and keeps a metric.
    ///
    /// Names follow the legacy rules, ASCII only, because node_exporter validates by them; a colon is
    /// refused too, as it is reserved for recording rules
    /// (<https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels>). A counter ends in
    /// `_total` and nothing else does, and help is never empty: `promtool check metrics` complains otherwise.
    ///
    /// No samples is fine: the family then shows in the file as known and without series.
    package init(name: String, help: String, kind: Kind, samples: [Sample]) throws(MetricError) {
        guard name.isMetricName else { throw .invalidName(name) }
        guard name.hasSuffix("_total") == (kind == .counter) else { throw .misplacedTotal(name, kind) }
        guard !help.isEmpty else { throw .missingHelp(name) }
        var seen: Set<[String: String]> = []
        for sample in samples {
            for label in sample.labels.all where !label.name.isLabelName {
                throw .invalidLabelName(label.name, family: name)
            }
            if let repeated = sample.labels.firstRepeatedName {
                throw .duplicateLabel(repeated, family: name)
            }
            guard seen.insert(sample.labels.identity).inserted else {
                throw .duplicateSeries(sample.labels, family: name)
            }
        }
        self.name = name
        self.help = help
        self.kind = kind
        self.samples = samples
    }
}

extension String {
    /// Whether this is `[a-zA-Z_][a-zA-Z0-9_]*`.
    fileprivate var isMetricName: Bool {
        guard let first = utf8.first, !first.isDigit else { return false }
        return utf8.allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") }
    }

    /// Whether this is a metric name that does not begin with `__`, which Prometheus keeps for itself.
    fileprivate var isLabelName: Bool { isMetricName && !hasPrefix("__") }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
    }
}
