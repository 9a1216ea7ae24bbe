import Configuration

/// Reads the `[client]` section of a MySQL option file.
///
/// See the manual page "Using Option Files"; values come out as my_print_defaults(1) prints them, groups and names
/// count as mariadb(1) takes them (10.11, tried). Includes are not followed.
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
                isClient = isClientGroup(line)
            } else if isClient, !line.hasPrefix("#"), !line.hasPrefix(";"),
                let equals = line.firstIndex(of: "=")
            {
                let name = fullName(trim(line[..<equals]))
                let value = withoutComment(line[line.index(after: equals)...])
                found[name] = unescaped(unquoted(trim(value)))
            }
        }
        return found
    }

    /// In any case, and with blanks behind the name; not with blanks before it.
    private static func isClientGroup(_ line: String) -> Bool {
        guard let end = line.firstIndex(of: "]") else { return false }
        let name = line[..<end].dropFirst()
        return name.first?.isWhitespace == false && trim(name).lowercased() == "client"
    }

    /// The options that are read, each with its shortest prefix that the clients take as this one: a shorter one is
    /// also a `pager`'s, a `protocol`'s and so on.
    private static let names = ["host": 2, "password": 3, "port": 2, "socket": 2, "user": 2]

    /// The name of an option as it is written in full, in lower case and with underscores.
    private static func fullName(_ written: String) -> String {
        let name = written.replacing("-", with: "_").lowercased()
        // `loose-`: no client complains about such an option that it does not know.
        let plain = name.hasPrefix("loose_") ? String(name.dropFirst("loose_".count)) : name
        return names.first { $0.key.hasPrefix(plain) && plain.count >= $0.value }?.key ?? plain
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
