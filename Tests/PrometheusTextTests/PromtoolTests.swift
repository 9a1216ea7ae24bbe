import PrometheusText
import TestSupport
import Testing

@Suite(.enabled("needs promtool (Debian package prometheus)") { Promtool.isExpected })
struct PromtoolTests {
    @Test func `promtool has nothing to say about a file of ours`() throws {
        let text = try MetricFamilies([
            MetricFamily(
                name: "hostcached_flushes_total",
                help: #"Flushes, with a \, a " and"# + "\na newline.",
                kind: .counter,
                samples: [
                    Sample(
                        labels: ["server": "a\\b\"c\r\nd", "trigger": "é"],
                        value: MetricValue(UInt64.max)
                    )
                ]
            ),
            MetricFamily(
                name: "hostcached_window_seconds",
                help: "Time to block.",
                kind: .gauge,
                samples: [
                    Sample(labels: ["server": "a"], value: 1e-7),
                    Sample(labels: ["server": "b"], value: MetricValue(Double.infinity)),
                    Sample(labels: ["server": "c"], value: MetricValue(-Double.infinity)),
                    Sample(labels: ["server": "d"], value: MetricValue(Double.nan)),
                    Sample(labels: [:], value: MetricValue(-0.0)),
                ]
            ),
            MetricFamily(name: "hostcached_target_group_drift", help: "None yet.", kind: .gauge, samples: []),
        ]).render()
        #expect(try Promtool.check(text) == Promtool.Outcome(exitCode: 0, output: ""))
    }

    @Test func `promtool would have said so if a file were bad`() throws {
        let bad = "# HELP a_total A.\n# TYPE a_total gauge\na_total 1\n"
        #expect(
            try Promtool.check(bad)
                == Promtool.Outcome(
                    exitCode: 3,
                    output: "a_total non-counter metrics should not have \"_total\" suffix\n"
                )
        )
    }
}
