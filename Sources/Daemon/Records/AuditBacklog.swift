import Synchronization

/// How much of the audit waits for the disk, so that a disk that hangs for hours does not fill the memory.
final class AuditBacklog: Sendable {
    private let waiting = Mutex(0)

    /// The most rows that wait, over all lines: some 4 MB.
    static let mostRows = 20_000

    /// Takes a line in; false where too much waits already, and the line is to be dropped.
    func takes(_ entry: AuditEntry) -> Bool {
        waiting.withLock { waiting in
            guard waiting < Self.mostRows else { return false }
            waiting += Self.rows(of: entry)
            return true
        }
    }

    /// Lets a line go that was written, or failed to be.
    func ended(_ entry: AuditEntry) {
        waiting.withLock { $0 -= Self.rows(of: entry) }
    }

    private static func rows(of entry: AuditEntry) -> Int { 1 + (entry.hosts?.count ?? 0) }
}
