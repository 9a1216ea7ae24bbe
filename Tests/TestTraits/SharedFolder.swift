import FoundationEssentials
import TestSupport
package import Testing

/// Test data beside the project: AWS's signing vectors and captured exchanges.
package enum SharedFolder {
    /// `HOSTCACHED_SHARED`, else `shared` beside the package.
    package static let path =
        ProcessInfo.processInfo.environment["HOSTCACHED_SHARED"] ?? PackageFolder.path + "/../shared"

    /// Whoever names the folder means it to be there: then its absence fails the tests.
    fileprivate static let isExpected =
        ProcessInfo.processInfo.environment["HOSTCACHED_SHARED"] != nil
        || FileManager.default.fileExists(atPath: path + "/data")

    /// The names in a folder below it, sorted; none where it is absent.
    package static func names(in folder: String) -> [String] {
        // Absence is no failure here: each suite counts what it found, where it is to be found at all.
        ((try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []).sorted()
    }

    /// The text of a file below it.
    package static func text(_ file: String) throws -> String {
        try #require(TextFile.read("\(path)/\(file)"), "cannot read \(path)/\(file)")
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, with the reason, where the shared data is absent.
    package static var needsSharedData: Self {
        .enabled(
            "NO SHARED DATA at \(SharedFolder.path), so this is not tested: set HOSTCACHED_SHARED to it"
        ) { SharedFolder.isExpected }
    }
}
