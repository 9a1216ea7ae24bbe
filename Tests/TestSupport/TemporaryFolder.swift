import FoundationEssentials

/// A new folder with a short path, removed with everything in it when the last reference goes.
///
/// Always below `/tmp`, whatever `TMPDIR` says: the path of a socket in it must stay under 108 bytes.
package final class TemporaryFolder: Sendable {
    package let path: String

    /// Makes the folder, readable by its owner only.
    ///
    /// Throws what the file system says.
    package init(_ purpose: String = "test") throws {
        path = "/tmp/hostcached-\(purpose)-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        try FileManager.default.createDirectory(
            atPath: path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
    }

    // Nothing depends on the removal, and there is nobody left to tell.
    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a file in this folder.
    package func file(_ name: String) -> String {
        path + "/" + name
    }
}
