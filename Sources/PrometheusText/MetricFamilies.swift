/// Everything one metrics file says, in the order in which it is written.
package struct MetricFamilies: Hashable, Sendable {
    package let families: [MetricFamily]

    /// Keeps the families as given; the same name twice is an error.
    package init(_ families: [MetricFamily]) throws(MetricError) {
        var seen: Set<String> = []
        for family in families where !seen.insert(family.name).inserted {
            throw .duplicateFamily(family.name)
        }
        self.families = families
    }

    /// The file in text format 0.0.4, ending in a newline unless there is no family at all.
    ///
    /// A family without samples keeps its two comment lines: `promtool check metrics` and node_exporter
    /// accept them, and a person who reads the file sees that the metric is known and has no series.
    /// <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>
    package func render() -> String {
        var text = ""
        for family in families {
            text += "# HELP \(family.name) \(family.help.escapedAsHelp)\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples {
                text += "\(family.name)\(sample.labels.rendered) \(sample.value.text)\n"
            }
        }
        return text
    }
}
