/// A label on a resource.
package struct Tag: Hashable, Sendable {
    package var key: String
    /// Often empty.
    package var value: String

    package init(key: String, value: String) {
        self.key = key
        self.value = value
    }
}
