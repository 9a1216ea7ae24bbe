/// A name and its value: a header, or a parameter of a query or a form.
package struct NamedValue: Hashable, Sendable {
    package let name: String

    /// As it is meant, before any encoding.
    package let value: String

    /// Pairs `name` with `value`.
    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
