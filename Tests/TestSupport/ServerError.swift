/// Why a throw-away server is of no use.
package struct ServerError: Error, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }

    /// Whether another process took the port first; the server's words for `EADDRINUSE`.
    var isPortTaken: Bool { description.contains("Address already in use") }
}
