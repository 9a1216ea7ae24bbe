import Synchronization

/// Brings the newest state to the disk: what a disk that hangs has not taken is replaced by what comes after it.
final class StateWriter: Sendable {
    let file: StateFile
    private let offered = Mutex(Offered())

    private struct Offered {
        /// What no job has taken yet.
        var document: StateDocument?
        /// What became of the last one that was taken; nil when it is on the disk.
        var failure: (any Error)?
    }

    init(_ file: StateFile) {
        self.file = file
    }

    /// Takes what is to be written next; true when a job that is still to come will write it.
    func offer(_ document: StateDocument) -> Bool {
        offered.withLock { offered in
            defer { offered.document = document }
            return offered.document != nil
        }
    }

    /// Writes what was offered last; blocks.
    ///
    /// Throws ``FileError``, also where an earlier job has taken it and failed.
    func write() throws {
        let (document, failure) = offered.withLock { ($0.document.take(), $0.failure) }
        guard let document else {
            if let failure { throw failure }
            return
        }
        let result = Result { try file.write(document) }
        offered.withLock { offered in
            if case .failure(let error) = result { offered.failure = error } else { offered.failure = nil }
        }
        try result.get()
    }
}
