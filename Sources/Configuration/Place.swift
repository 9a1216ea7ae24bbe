/// Where something is written.
struct Place: Hashable, Sendable, CustomStringConvertible {
    let file: String
    /// From 1; nil for the file as a whole.
    let line: Int?

    var description: String { line.map { "\(file):\($0)" } ?? file }
}
