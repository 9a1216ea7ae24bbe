/// The name of a database in a grant, where `%` and `_` stand for other characters.
///
/// See the MySQL manual page "GRANT Statement". With `partial_revokes` MySQL takes them as they are.
struct DatabasePattern {
    var text: String

    /// Whether it is the name itself.
    func isExactly(_ name: String) -> Bool { text.lowercased() == name }

    /// Whether it is a pattern that `name` fits, or the name itself.
    func fits(_ name: String) -> Bool { Self.fits(text.lowercased()[...], name[...]) }

    private static func fits(_ pattern: Substring, _ name: Substring) -> Bool {
        var pattern = pattern
        switch pattern.popFirst() {
        case nil: return name.isEmpty
        case "%": return name.indices.contains { fits(pattern, name[$0...]) } || fits(pattern, "")
        case "_": return !name.isEmpty && fits(pattern, name.dropFirst())
        case "\\"?:
            guard let literal = pattern.popFirst() else { return false }
            return name.first == literal && fits(pattern, name.dropFirst())
        case let literal?: return name.first == literal && fits(pattern, name.dropFirst())
        }
    }
}
