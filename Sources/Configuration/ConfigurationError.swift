/// Every problem of a configuration that cannot be used.
///
/// Prints as one line a problem.
package struct ConfigurationError: Error, Hashable, Sendable {
    /// Never empty; in the order of the files read, then of their lines.
    package let problems: [Problem]
}

extension ConfigurationError: CustomStringConvertible {
    package var description: String { problems.map(\.description).joined(separator: "\n") }
}
