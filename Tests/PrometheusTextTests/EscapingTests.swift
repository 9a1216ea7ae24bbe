import PrometheusText
import Testing

@Suite struct EscapingTests {
    @Test(
        arguments: [
            (text: "plain", label: "plain", help: "plain"),
            (text: #"a\b"#, label: #"a\\b"#, help: #"a\\b"#),
            (text: #"a"b"#, label: #"a\"b"#, help: #"a"b"#),
            (text: "a\nb", label: #"a\nb"#, help: #"a\nb"#),
            (text: "a\r\nb", label: "a\r\\nb", help: "a\r\\nb"),
            (text: #"\n"#, label: #"\\n"#, help: #"\\n"#),
            (text: "\n\u{301}", label: "\\n\u{301}", help: "\\n\u{301}"),
            (text: "\"\u{301}", label: "\\\"\u{301}", help: "\"\u{301}"),
            (text: "é🇩🇪", label: "é🇩🇪", help: "é🇩🇪"),
        ] as [(text: String, label: String, help: String)]
    )
    func `labels and help are escaped scalar by scalar`(
        _ row: (text: String, label: String, help: String)
    ) throws {
        let family = try MetricFamily(
            name: "up",
            help: row.text,
            kind: .gauge,
            samples: [Sample(labels: ["a": row.text], value: 1)]
        )
        let expected = """
            # HELP up \(row.help)
            # TYPE up gauge
            up{a="\(row.label)"} 1

            """
        #expect(Array(try MetricFamilies([family]).render().utf8) == Array(expected.utf8))
    }
}
