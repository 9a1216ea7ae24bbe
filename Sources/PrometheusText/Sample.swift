/// One series of a family and its value now.
package struct Sample: Hashable, Sendable {
    package let labels: Labels
    package let value: MetricValue

    /// Gives a series its value.
    ///
    /// There is no timestamp: with a single one, node_exporter drops the whole file.
    package init(labels: Labels, value: MetricValue) {
        self.labels = labels
        self.value = value
    }
}
