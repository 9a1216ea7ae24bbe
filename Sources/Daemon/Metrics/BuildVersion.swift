/// What this program is.
package enum BuildVersion {
    /// The release, as the CHANGELOG names it.
    package static let number = "0.1.0"

    /// The compiler's version it was built with.
    package static let swift = "6.3"
}
