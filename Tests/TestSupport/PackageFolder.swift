/// Where the package lies on this machine.
package enum PackageFolder {
    /// The folder of `Package.swift`.
    package static let path = #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
        .joined(separator: "/")

    /// What tests keep between runs; ignored by git, made when missing by those who use it.
    static let servers = path + "/.build-servers"
}
