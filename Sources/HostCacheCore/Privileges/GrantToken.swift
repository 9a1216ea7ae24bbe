/// One word, name or sign of a line of `SHOW GRANTS`.
enum GrantToken: Hashable {
    /// Letters, digits and underscores, in upper case.
    case word(String)
    /// A name in quotes of any kind, without them.
    case name(String)
    case sign(Character)

    /// Takes the next token off `text`; nil at its end and where a quote is never closed.
    static func next(in text: inout Substring) -> GrantToken? {
        text = text.drop { $0 == " " }
        guard let first = text.popFirst() else { return nil }
        if first == "`" || first == "'" || first == "\"" { return name(quotedBy: first, in: &text) }
        guard isPartOfWord(first) else { return .sign(first) }
        let rest = text.prefix(while: isPartOfWord)
        text = text.dropFirst(rest.count)
        return .word((String(first) + rest).uppercased())
    }

    private static func isPartOfWord(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }

    /// A quote inside is doubled; a backslash is one.
    private static func name(quotedBy quote: Character, in text: inout Substring) -> GrantToken? {
        var name = ""
        while let character = text.popFirst() {
            guard character == quote else {
                name.append(character)
                continue
            }
            guard text.first == quote else { return .name(name) }
            name.append(text.removeFirst())
        }
        return nil
    }
}
