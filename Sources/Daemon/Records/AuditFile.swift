import FoundationEssentials

/// Appends entries to `audit.jsonl`, one JSON object a line.
package struct AuditFile: Sendable {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    /// Appends one line and waits until it is on the disk.
    ///
    /// Blocks; throws ``FileError``.
    package func append(_ entry: AuditEntry) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = String(decoding: try encoder.encode(entry), as: UTF8.self)
        try AppendOnlyFile(path: path, mode: 0o600).append(line)
    }
}
