/// What became of a flush, judged by reading again.
package enum FlushOutcome: Hashable, Sendable {
    /// Every row of before is gone or began anew.
    case verified
    /// These addresses kept their counters: the statement had no effect.
    case failed([String])
    /// The table does not show the host cache, so nothing proves it.
    case unverified
    /// The server refused the statement with this error code.
    case refused(UInt32)
    /// The connection was lost while it ran; it is looked up before any repeat.
    case unknown
}

extension FlushOutcome {
    /// Judges by the rows before and after.
    ///
    /// A row was flushed when it is gone, its `COUNT_HANDSHAKE_ERRORS` is lower, or its `FIRST_SEEN` is another and
    /// not before the second of the flush: one that began in that very second is told by its own. New errors since
    /// then are normal.
    ///
    /// - Parameters:
    ///   - before: The rows read before the flush.
    ///   - after: The rows read after it.
    ///   - flushSecond: The server's UTC second when the flush was sent.
    ///   - isVisible: Whether the table shows the host cache.
    package init(before: [HostCacheRow], after: [HostCacheRow], flushSecond: Int64, isVisible: Bool) {
        guard isVisible else {
            self = .unverified
            return
        }
        let now = Dictionary(after.lazy.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
        let kept = before.filter { old in
            guard let new = now[old.address] else { return false }
            let beganAnew =
                new.firstSeenSecond.map { $0 >= flushSecond && $0 != old.firstSeenSecond } ?? false
            return new.handshakeErrors >= old.handshakeErrors && !beganAnew
        }
        self = kept.isEmpty ? .verified : .failed(kept.map(\.address))
    }
}

extension HostCacheRow {
    /// Whether this row's life ended before `later` was seen: it is gone, its counter fell, or `FIRST_SEEN` moved.
    ///
    /// Both times come from the same column, so a server that rounds it (MySQL does) changes nothing.
    func ended(before later: HostCacheRow?) -> Bool {
        guard let later else { return true }
        let isKnown = firstSeenSecond != nil && later.firstSeenSecond != nil
        return later.handshakeErrors < handshakeErrors || isKnown && later.firstSeenSecond != firstSeenSecond
    }
}

extension Observation {
    /// Whether every row of `before` has ended; false when it had none.
    func hasLostAllRows(of before: Observation) -> Bool {
        // Rows that could not be read have not ended.
        guard !reading.isUnreadable else { return false }
        guard let sample = before.rows.first else { return false }
        // One row that goes on is the usual case, and a full host cache is large.
        guard sample.ended(before: rows.first { $0.address == sample.address }) else { return false }
        let now = Dictionary(rows.lazy.map { ($0.address, $0) }, uniquingKeysWith: { first, _ in first })
        return before.rows.allSatisfy { $0.ended(before: now[$0.address]) }
    }

    /// Whether somebody may have flushed since `before`; where no rows are shown, by the count of `FLUSH`.
    package func mayHaveBeenFlushed(since before: Observation) -> Bool {
        // Rows that cannot be read any more prove nothing, and a flush too many does less harm than one too few.
        guard before.rows.isEmpty else { return !reading.isUnreadable && hasLostAllRows(of: before) }
        guard let then = before.flushCommands, let now = flushCommands else { return false }
        return now > then
    }
}
