import FoundationEssentials
import TestSupport
import Testing

/// The captured exchanges beside the project.
enum SharedFolder {
    /// `HOSTCACHED_SHARED`, else `shared` beside the package.
    static let path =
        ProcessInfo.processInfo.environment["HOSTCACHED_SHARED"] ?? PackageFolder.path + "/../shared"

    /// Whoever names the folder means it to be there: then its absence fails the tests.
    static let isExpected =
        ProcessInfo.processInfo.environment["HOSTCACHED_SHARED"] != nil
        || FileManager.default.fileExists(atPath: path + "/data/aws-wire")

    /// The captures of one service, sorted; none where the folder is absent.
    static func captures(of service: String) -> [String] {
        // Absence is no failure here: a test counts what was found, where it is to be found at all.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/data/aws-wire")) ?? []
        return names.filter { $0.contains("-\(service)-") }.sorted()
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips a test, with the reason, where the captures are absent.
    static var needsSharedData: Self {
        .enabled("NO SHARED DATA at \(SharedFolder.path), so this is not tested: set HOSTCACHED_SHARED to it")
        {
            SharedFolder.isExpected
        }
    }
}
