/// What a document may ask of the reader's memory.
package struct XMLLimits: Hashable, Sendable {
    package var bytes: Int
    /// The root counts as 1.
    package var depth: Int
    package var elements: Int

    package init(bytes: Int, depth: Int, elements: Int) {
        self.bytes = bytes
        self.depth = depth
        self.elements = elements
    }

    /// For the answers of AWS: a full page of 400 target groups has half a megabyte, 12,000 elements, 7 deep.
    package static let answer = XMLLimits(bytes: 4 << 20, depth: 32, elements: 100_000)
}
