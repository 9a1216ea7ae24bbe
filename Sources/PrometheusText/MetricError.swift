/// Why a metric cannot be written: a mistake in the program, found before the file is touched.
package enum MetricError: Error, Hashable, Sendable {
    case invalidName(String)
    case misplacedTotal(String, MetricFamily.Kind)
    case missingHelp(String)
    case invalidLabelName(String, family: String)
    case duplicateLabel(String, family: String)
    case duplicateSeries(Labels, family: String)
    case duplicateFamily(String)
}

extension MetricError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .invalidName(let name):
            "metric name \"\(name)\" is refused: use ASCII letters, digits and _, not beginning with a digit"
        case .misplacedTotal(let name, .counter):
            "counter \(name) is refused: end its name in _total"
        case .misplacedTotal(let name, .gauge):
            "gauge \(name) is refused: only the name of a counter ends in _total"
        case .missingHelp(let name):
            "metric \(name) is refused: give it a help text"
        case .invalidLabelName(let label, let family):
            "metric \(family): label name \"\(label)\" is refused: "
                + "use ASCII letters, digits and _, not beginning with a digit or __"
        case .duplicateLabel(let label, let family):
            "metric \(family): label \(label) is given twice for one series"
        case .duplicateSeries(let labels, let family):
            "metric \(family): two samples for the series \(family)\(labels.rendered)"
        case .duplicateFamily(let name):
            "metric \(name) is given twice: put all its samples into one family"
        }
    }
}
