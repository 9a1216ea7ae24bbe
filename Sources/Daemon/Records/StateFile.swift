import FoundationEssentials

/// Reads and writes `state.json`.
package struct StateFile: Sendable {
    package var path: String

    package init(path: String) {
        self.path = path
    }

    /// What reading brought.
    package enum Content: Hashable, Sendable {
        case document(StateDocument)
        /// There is no file: the first start.
        case missing
        /// It could not be understood; it was renamed aside to that path.
        case damaged(movedTo: String, why: String)
        /// A newer daemon wrote it; it is left alone and nothing may be done that it guards.
        case newer(version: Int)
    }

    /// The largest file that is read: far above what any fleet needs.
    private static let limit = 64 * 1024 * 1024

    private struct Envelope: Decodable {
        var version: Int
    }

    /// Reads the file.
    ///
    /// Blocks.
    ///
    /// - Parameter aside: The wall time that names a damaged file that is moved aside; nil leaves it.
    /// - Returns: What the file holds.
    /// - Throws: ``FileError`` when it exists and cannot be read or moved.
    package func read(movingAside aside: Duration?) throws -> Content {
        guard let bytes = try content() else { return .missing }
        do {
            let version = try JSONDecoder().decode(Envelope.self, from: Data(bytes)).version
            guard version <= StateDocument.currentVersion else { return .newer(version: version) }
            return .document(try JSONDecoder().decode(StateDocument.self, from: Data(bytes)))
        } catch {
            let newPath = aside.map { "\(path).damaged-\(WallClock.text($0))" }
            if let newPath { try File.rename(path, to: newPath) }
            return .damaged(movedTo: newPath ?? path, why: "\(error)")
        }
    }

    /// The bytes, or nil when there is no file.
    private func content() throws(FileError) -> [UInt8]? {
        do throws(FileError) {
            return try File.read(path, limit: Self.limit)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    /// Replaces the file as a whole.
    ///
    /// Blocks until it is on the disk; throws ``FileError``.
    package func write(_ document: StateDocument) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write([UInt8](encoder.encode(document)) + [UInt8(ascii: "\n")], to: path, mode: 0o600)
    }
}
