import Configuration

/// Reads the `[client]` section of a MySQL option file.
///
/// See the manual page "Using Option Files"; values come out as my_print_defaults(1) prints them (10.11,
/// tried). Includes are not followed.
package enum OptionFile {
    /// The options of `[client]` by name; throws when the file cannot be read.
    package static func client(_ path: String) throws -> [String: String] {
        options(String(decoding: try Surroundings.live.readFile(path), as: UTF8.self))
    }

    /// The options of `[client]` in a file's text.
    package static func options(_ text: String) -> [String: String] {
        var found: [String: String] = [:]
        var isClient = false
        for line in text.split(whereSeparator: \.isNewline).map({ trim($0) }) {
            if line.hasPrefix("[") {
                isClient = line.hasPrefix("[client]")
            } else if isClient, !line.hasPrefix("#"), !line.hasPrefix(";"),
                let equals = line.firstIndex(of: "=")
            {
                let name = trim(line[..<equals]).replacing("-", with: "_")
                let value = withoutComment(line[line.index(after: equals)...])
                found[name] = unescaped(unquoted(trim(value)))
            }
        }
        return found
    }

    /// The text before a `#` that is not in quotes; in quotes a backslash keeps the next character from ending them.
    private static func withoutComment(_ text: Substring) -> Substring {
        var quote: Character?
        var isEscaped = false
        for index in text.indices {
            let character = text[index]
            if character == "#", quote == nil { return text[..<index] }
            if character == "\"" || character == "'", !isEscaped {
                quote = quote == nil ? character : quote == character ? nil : quote
            }
            isEscaped = quote != nil && character == "\\" && !isEscaped
        }
        return text
    }

    /// What the escapes of option files stand for; a backslash before anything else stays.
    private static let escapes: [Character: Character] = [
        "b": "\u{8}", "t": "\t", "n": "\n", "r": "\r", "s": " ", "\\": "\\", "\"": "\"", "'": "'",
    ]

    private static func unescaped(_ value: String) -> String {
        var result = ""
        var rest = value[...]
        while let character = rest.popFirst() {
            if character == "\\", let next = rest.first, let meant = escapes[next] {
                result.append(meant)
                rest.removeFirst()
            } else {
                result.append(character)
            }
        }
        return result
    }

    private static func trim(_ text: some StringProtocol) -> String {
        String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
    }

    private static func unquoted(_ value: String) -> String {
        for quote in ["\"", "'"] where value.count >= 2 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            return String(value.dropFirst().dropLast())
        }
        return value
    }
}
