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
        self.description =
            description.hasPrefix(prefix) ? String(description.dropFirst(prefix.count)) : description
        self.line = line > 0 ? line : nil
        self.column = column > 0 ? column : nil
    }
}
