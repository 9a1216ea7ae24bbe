/// The labels of one series, in the order in which they are written.
///
/// Names are checked where they meet the metric's name, in ``MetricFamily``.
package struct Labels: Hashable, Sendable {
    /// A name and its value, any text.
    package struct Label: Hashable, Sendable {
        package let name: String
        package let value: String

        /// Pairs a name with its value.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package let all: [Label]

    /// Keeps the labels as given.
    package init(_ labels: [Label]) {
        all = labels
    }

    /// The labels that tell one series from another, whatever their order.
    ///
    /// An empty value counts as no label:
    /// <https://prometheus.io/docs/concepts/data_model/#metric-names-and-labels>.
    var identity: [String: String] {
        var identity: [String: String] = [:]
        for label in all where !label.value.isEmpty {
            identity[label.name] = label.value
        }
        return identity
    }

    /// The first name that occurs twice, nil when there is none.
    var firstRepeatedName: String? {
        var seen: Set<String> = []
        return all.first { !seen.insert($0.name).inserted }?.name
    }
}

extension Labels: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) {
        self.init(elements.map { Label(name: $0.0, value: $0.1) })
    }
}
