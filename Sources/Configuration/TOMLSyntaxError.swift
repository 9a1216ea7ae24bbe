/// Why a text is not TOML.
package struct TOMLSyntaxError: Error, Hashable, Sendable {
    /// In the words of toml++, lower case.
    ///
    /// It may show single characters and numbers of the text, no strings.
    package let description: String
    /// From 1; nil when the whole text is meant.
    package let line: Int?
    /// From 1; nil when the whole text is meant.
    package let column: Int?

    init(description: String, line: Int, column: Int) {
        // toml++ begins with "Error while parsing …".
        let prefix = "Error "
        let text = description.hasPrefix(prefix) ? description.dropFirst(prefix.count) : description[...]
        self.description = Self.printable(Self.shortened(text))
        self.line = line > 0 ? line : nil
        self.column = column > 0 ? column : nil
    }

    /// Without what stood in place of a word: the start of a secret that somebody forgot to quote.
    private static func shortened(_ text: Substring) -> Substring {
        for word in ["true", "false", "inf", "nan"] {
            if let saw = text.firstRange(of: "expected '\(word)', saw '") {
                return text[..<saw.lowerBound] + "expected '\(word)'"
            }
        }
        return text
    }

    /// On one line: a key that is set twice is shown as written, and a tab needs no escape in TOML.
    private static func printable(_ text: Substring) -> String {
        text.unicodeScalars
            .map { $0.properties.generalCategory == .control ? $0.escaped(asASCII: true) : String($0) }
            .joined()
    }
}
