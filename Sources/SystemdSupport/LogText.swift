extension Unicode.Scalar {
    /// Whether it ends a line or steers a terminal or the direction of writing.
    ///
    /// Controls (with the C1 set, where 0x9B begins an escape sequence), line and paragraph separators, and
    /// format characters such as U+202E, which shows what follows backwards.
    var breaksLines: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

extension String {
    /// With a space for everything that could end the line or steer the terminal.
    package var onOneLine: String {
        var line = UnicodeScalarView()
        for scalar in unicodeScalars { line.append(scalar.breaksLines ? " " : scalar) }
        return String(line)
    }

    /// The most bytes that one message or value may take in a line.
    ///
    /// The journal cuts a line at 48 KiB (journald.conf(5), `LineMax=`) and reads what follows as a new one,
    /// prefix included: a long hostile value could forge a line there.
    private static let longestLogText = 4_096

    /// With everything that could end or forge a line written as JSON escapes (RFC 8259, section 7).
    ///
    /// What is too long is cut and ends in `…`.
    func escapedForLog(quotes: Bool) -> String {
        var escaped = ""
        for scalar in unicodeScalars {
            let piece =
                switch scalar {
                case "\\": #"\\"#
                case "\"" where quotes: #"\""#
                case "\n": #"\n"#
                case "\r": #"\r"#
                case "\t": #"\t"#
                case _ where scalar.breaksLines: scalar.utf16.map(\.escaped).joined()
                default: String(scalar)
                }
            guard escaped.utf8.count + piece.utf8.count <= Self.longestLogText else { return escaped + "…" }
            escaped += piece
        }
        return escaped
    }

    /// Between quotation marks, with what they hold escaped.
    var quotedForLog: String { "\"\(escapedForLog(quotes: true))\"" }

    /// As a word when it is one, else between quotation marks, so that a value cannot pass for two.
    var wordForLog: String {
        let isWord = unicodeScalars.allSatisfy { scalar in
            !scalar.breaksLines && !scalar.properties.isWhitespace
                && scalar != "\"" && scalar != "=" && scalar != "\\"
        }
        return isWord && !isEmpty ? escapedForLog(quotes: true) : quotedForLog
    }
}

extension Unicode.UTF16.CodeUnit {
    /// As `\u` and four hexadecimal digits.
    fileprivate var escaped: String {
        let digits = String(self, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
