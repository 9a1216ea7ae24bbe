/// Why a child process could not be started, or did not do what it was started for.
package struct ChildProcessError: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
