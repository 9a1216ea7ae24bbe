import PrometheusText
import Testing

@Suite struct MetricFamilyTests {
    @Test(
        arguments: [
            ("", .invalidName("")),
            ("9lives", .invalidName("9lives")),
            ("a-b", .invalidName("a-b")),
            ("a:b", .invalidName("a:b")),
            ("größe", .invalidName("größe")),
            ("hosts_total", .misplacedTotal("hosts_total", .gauge)),
            ("_hosts9", nil),
        ] as [(String, MetricError?)]
    )
    func `a gauge's name is ASCII, does not begin with a digit and is no total`(
        _ name: String,
        _ error: MetricError?
    ) {
        #expect(refusal(name: name, kind: .gauge) == error)
    }

    @Test(
        arguments: [
            ("hosts", .misplacedTotal("hosts", .counter)),
            ("hosts_totals", .misplacedTotal("hosts_totals", .counter)),
            ("hosts_total", nil),
        ] as [(String, MetricError?)]
    )
    func `a counter's name ends in total`(_ name: String, _ error: MetricError?) {
        #expect(refusal(name: name, kind: .counter) == error)
    }

    @Test(
        arguments: [
            ("", .invalidLabelName("", family: "up")),
            ("1st", .invalidLabelName("1st", family: "up")),
            ("a b", .invalidLabelName("a b", family: "up")),
            ("a:b", .invalidLabelName("a:b", family: "up")),
            ("__name__", .invalidLabelName("__name__", family: "up")),
            ("_private", nil),
            ("server_1", nil),
        ] as [(String, MetricError?)]
    )
    func `a label's name is ASCII and not one that Prometheus keeps for itself`(
        _ label: String,
        _ error: MetricError?
    ) {
        #expect(refusal(samples: [Sample(labels: [label: "x"], value: 1)]) == error)
    }

    @Test func `a label given twice is refused`() {
        let labels: Labels = ["server": "a", "zone": "b", "server": "c"]
        #expect(
            refusal(samples: [Sample(labels: labels, value: 1)]) == .duplicateLabel("server", family: "up")
        )
    }

    @Test(
        arguments: [
            (["a": "1", "b": "2"], ["b": "2", "a": "1"], true),
            (["a": ""], [:], true),
            (["a": "1"], ["a": "2"], false),
            (["a": "1"], ["b": "1"], false),
            (["a": "1"], [:], false),
        ] as [(Labels, Labels, Bool)]
    )
    func `the same series twice is refused whatever the order of its labels`(
        _ first: Labels,
        _ second: Labels,
        _ same: Bool
    ) {
        let samples = [Sample(labels: first, value: 1), Sample(labels: second, value: 1)]
        #expect(refusal(samples: samples) == (same ? .duplicateSeries(second, family: "up") : nil))
    }

    @Test func `a metric without help is refused`() {
        #expect(refusal(help: "") == .missingHelp("up"))
    }

    @Test(
        arguments: [
            (
                .invalidName("9"),
                #"metric name "9" is refused: use ASCII letters, digits and _, not beginning with a digit"#
            ),
            (.misplacedTotal("hosts", .counter), "counter hosts is refused: end its name in _total"),
            (
                .misplacedTotal("a_total", .gauge),
                "gauge a_total is refused: only the name of a counter ends in _total"
            ),
            (.missingHelp("up"), "metric up is refused: give it a help text"),
            (
                .invalidLabelName("__a", family: "up"),
                #"metric up: label name "__a" is refused: "#
                    + "use ASCII letters, digits and _, not beginning with a digit or __"
            ),
            (.duplicateLabel("a", family: "up"), "metric up: label a is given twice for one series"),
            (
                .duplicateSeries(["a": "\n"], family: "up"),
                #"metric up: two samples for the series up{a="\n"}"#
            ),
            (.duplicateFamily("up"), "metric up is given twice: put all its samples into one family"),
        ] as [(MetricError, String)]
    )
    func `every refusal says what is wrong and what to do`(_ error: MetricError, _ text: String) {
        #expect("\(error)" == text)
    }

    /// Why such a family is refused, nil when it is accepted.
    private func refusal(
        name: String = "up",
        help: String = "Up.",
        kind: MetricFamily.Kind = .gauge,
        samples: [Sample] = []
    ) -> MetricError? {
        do throws(MetricError) {
            _ = try MetricFamily(name: name, help: help, kind: kind, samples: samples)
            return nil
        } catch {
            return error
        }
    }
}
