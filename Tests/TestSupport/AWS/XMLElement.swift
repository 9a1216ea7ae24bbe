/// An element of an answer, without attributes.
enum XMLElement: Hashable, Sendable {
    case leaf(String, String)
    case branch(String, [XMLElement])

    /// A list as AWS's query protocol writes it: every item is called `member`.
    static func list(_ name: String, _ items: [[XMLElement]]) -> Self {
        .branch(name, items.map { .branch("member", $0) })
    }

    /// The element in one line; an empty one closes itself.
    var text: String {
        switch self {
        case .leaf(let name, ""), .branch(let name, []): "<\(name)/>"
        case .leaf(let name, let value): "<\(name)>\(Self.escaped(value))</\(name)>"
        case .branch(let name, let children): "<\(name)>\(children.map(\.text).joined())</\(name)>"
        }
    }

    /// The element without those of these names in it; nil when it is one itself.
    func omitting(_ names: Set<String>) -> Self? {
        switch self {
        case .leaf(let name, _): names.contains(name) ? nil : self
        case .branch(let name, let children):
            names.contains(name) ? nil : .branch(name, children.compactMap { $0.omitting(names) })
        }
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
