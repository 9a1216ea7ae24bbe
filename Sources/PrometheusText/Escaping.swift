extension Labels {
    /// The labels between braces as they follow the metric's name; empty when there are none.
    var rendered: String {
        guard !all.isEmpty else { return "" }
        let pairs = all.map { "\($0.name)=\"\($0.value.escapedAsLabelValue)\"" }
        return "{\(pairs.joined(separator: ","))}"
    }
}

extension String {
    /// With `\`, `"` and newline escaped.
    var escapedAsLabelValue: String { escaping(quotes: true) }

    /// With `\` and newline escaped; a quotation mark stands for itself.
    var escapedAsHelp: String { escaping(quotes: false) }

    /// Goes by Unicode scalar: as a `Character`, `"\r\n"` is one and would not compare equal to a newline.
    private func escaping(quotes: Bool) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "\\":
                escaped.append(contentsOf: #"\\"#.unicodeScalars)
            case "\n":
                escaped.append(contentsOf: #"\n"#.unicodeScalars)
            case "\"" where quotes:
                escaped.append(contentsOf: #"\""#.unicodeScalars)
            default:
                escaped.append(scalar)
            }
        }
        return String(escaped)
    }
}
