package import Glibc

/// The exclusive hold of one process on a state directory, until it ends.
///
/// The kernel lets go when the process dies, however it dies. The lock file stays: removing it would let
/// two processes hold two files of the same name. It says the holder's process id where the disk takes it.
package struct FileLock: ~Copyable, Sendable {
    private let descriptor: Descriptor

    /// Takes the lock without waiting.
    ///
    /// - Parameters:
    ///   - path: The lock file, made when missing, for its owner only.
    ///   - processID: Of this process, for others to read.
    /// - Returns: The lock, held as long as this value lives.
    /// - Throws: `FileLockError`.
    package static func acquire(_ path: String, processID: pid_t) throws(FileLockError) -> FileLock {
        let outcome: Outcome
        do throws(FileError) {
            outcome = try attempt(path, processID: processID)
        } catch {
            throw .file(error)
        }
        switch consume outcome {
        case .taken(let descriptor): return FileLock(descriptor: descriptor)
        case .held(let holder): throw .held(path: path, processID: holder)
        }
    }

    /// Lets go; a value that is dropped lets go too, this says where.
    package consuming func release() {}

    private enum Outcome: ~Copyable {
        case taken(Descriptor)
        case held(by: pid_t?)
    }

    private static func attempt(_ path: String, processID: pid_t) throws(FileError) -> Outcome {
        let descriptor = try Descriptor.open(path, O_RDWR | O_CREAT, mode: S_IRUSR | S_IWUSR)
        guard try descriptor.lock() else {
            let text = String(decoding: try descriptor.read(32, at: 0), as: UTF8.self)
            return .held(by: pid_t(text.prefix { $0 != "\n" }))
        }
        // The id is for people only: a full disk must not keep a daemon from starting and protecting servers.
        do throws(FileError) {
            try descriptor.truncate()
            try descriptor.write(Array("\(processID)\n".utf8))
        } catch {}
        return .taken(descriptor)
    }
}
