import FoundationEssentials

/// Appends entries to `audit.jsonl`, one JSON object a line.
///
/// A file that has become full is moved aside, so that the audit cannot fill the disk.
package struct AuditFile: Sendable {
    private let path: String
    private let fullSize: Int

    /// The size at which the daemon moves the audit aside: 16 MiB.
    package static let usualSize = 16 * 1024 * 1024
    /// How many full files are kept.
    package static let kept = 5

    /// - Parameters:
    ///   - path: The file.
    ///   - size: In bytes; a file that is as large or larger is moved aside before the next line.
    package init(path: String, fullAt size: Int) {
        self.path = path
        fullSize = size
    }

    /// Appends one line and waits until it is on the disk.
    ///
    /// Blocks. When a full file cannot be moved aside the line is appended to it all the same.
    ///
    /// - Throws: ``FileError`` when the line is not there, or the full file could not be moved.
    package func append(_ entry: AuditEntry) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = String(decoding: try encoder.encode(entry), as: UTF8.self)
        let rotation = Result { try rotateWhenFull() }
        try AppendOnlyFile(path: path, mode: 0o600).append(line)
        try rotation.get()
    }

    private func rotateWhenFull() throws {
        guard try FileRotation.size(of: path) >= fullSize else { return }
        try FileRotation.rotate(path, keeping: Self.kept)
    }
}
