import FoundationEssentials
import TestSupport

extension TemporaryFolder {
    /// Writes a text to a file in this folder, for its owner only.
    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: file(name)))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file(name))
    }
}
