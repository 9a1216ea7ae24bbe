import Configuration

/// Reads the `[client]` section of a MySQL option file.
///
/// See the manual page "Using Option Files". Includes are not followed.
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
                found[name] = unquoted(trim(line[line.index(after: equals)...]))
            }
        }
        return found
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
