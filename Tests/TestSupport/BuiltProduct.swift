import FoundationEssentials
import Glibc

/// Programs that `swift build` and `swift test` have built.
package enum BuiltProduct {
    /// The path of the `hostcached` program, beside the program that asks: test bundle or demo.
    ///
    /// Throws when it is not there, which `make build` mends.
    package static var hostcached: String {
        get throws {
            let asking = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
            let folder = asking.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            let path = folder.joined(separator: "/") + "/hostcached"
            guard access(path, X_OK) == 0 else {
                throw ChildProcessError("\(path) is missing; run make build")
            }
            return path
        }
    }
}
