import PrometheusText

/// Reads text format 0.0.4 back, strictly: what it does not expect ends in an error.
///
/// Written from <https://prometheus.io/docs/instrumenting/exposition_formats/>, without the renderer's code.
struct TextParser {
    struct Unexpected: Error {
        let line: String
    }

    private struct Draft {
        let name: String
        let help: String
        var kind: MetricFamily.Kind?
        var samples: [Sample] = []
    }

    static func parse(_ text: String) throws -> MetricFamilies {
        var drafts: [Draft] = []
        // By scalar: a line may end in a carriage return, which joins the newline as one Character.
        var lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.popLast()?.isEmpty == true else { throw Unexpected(line: "no newline at the end") }
        for line in lines {
            let line = String(line)
            if let (name, rest) = comment("# HELP ", in: line) {
                drafts.append(Draft(name: name, help: try unescape(rest)))
            } else if let (name, rest) = comment("# TYPE ", in: line), drafts.last?.name == name {
                drafts[drafts.count - 1].kind = MetricFamily.Kind(rawValue: rest)
            } else if let name = drafts.last?.name, line.utf8.starts(with: name.utf8) {
                let series = line.unicodeScalars.dropFirst(name.unicodeScalars.count)
                drafts[drafts.count - 1].samples.append(try sample(series, line: line))
            } else {
                throw Unexpected(line: line)
            }
        }
        return try MetricFamilies(
            drafts.map { draft in
                guard let kind = draft.kind else { throw Unexpected(line: draft.name) }
                return try MetricFamily(
                    name: draft.name,
                    help: draft.help,
                    kind: kind,
                    samples: draft.samples
                )
            }
        )
    }

    private static func comment(_ prefix: String, in line: String) -> (name: String, rest: String)? {
        guard line.utf8.starts(with: prefix.utf8) else { return nil }
        let words = line.unicodeScalars.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
        return words.count == 4 ? (String(words[2]), String(words[3])) : nil
    }

    private static func unescape(_ text: String) throws -> String {
        var result = String.UnicodeScalarView()
        var scalars = text.unicodeScalars.makeIterator()
        while let scalar = scalars.next() {
            result.append(scalar == "\\" ? try escaped(scalars.next()) : scalar)
        }
        return String(result)
    }

    private static func escaped(_ scalar: Unicode.Scalar?) throws -> Unicode.Scalar {
        switch scalar {
        case "n": "\n"
        case "\\": "\\"
        case "\"": "\""
        default: throw Unexpected(line: "escape")
        }
    }

    private static func sample(_ text: Substring.UnicodeScalarView, line: String) throws -> Sample {
        var rest = text
        var labels: [Labels.Label] = []
        if rest.first == "{" {
            repeat {
                rest = rest.dropFirst()
                let name = rest.prefix { $0 != "=" }
                rest = rest.dropFirst(name.count + 2)
                var value = String.UnicodeScalarView()
                while let scalar = rest.popFirst(), scalar != "\"" {
                    value.append(scalar == "\\" ? try escaped(rest.popFirst()) : scalar)
                }
                labels.append(Labels.Label(name: String(name), value: String(value)))
            } while rest.first == ","
            guard rest.popFirst() == "}" else { throw Unexpected(line: line) }
        }
        guard rest.popFirst() == " " else { throw Unexpected(line: line) }
        return Sample(labels: Labels(labels), value: try value(String(rest)))
    }

    private static func value(_ text: String) throws -> MetricValue {
        // A floating-point number: as an integer it would lose its sign.
        if text == "-0" { return MetricValue(-0.0) }
        if let unsigned = UInt64(text) { return MetricValue(unsigned) }
        if let signed = Int64(text) { return MetricValue(signed) }
        guard let real = Double(text) else { throw Unexpected(line: text) }
        return MetricValue(real)
    }
}
