import Glibc

/// Owns one open file and closes it exactly once.
///
/// All calls block. An interrupted call (EINTR) is made again.
struct Descriptor: ~Copyable {
    /// The file that errors name.
    private let path: String
    private let number: Int32

    private init(number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    // Nothing is lost when closing fails: whoever needs the bytes on disk has synchronized before.
    deinit { _ = close(number) }

    /// Opens `path`, never to be inherited by a child process.
    ///
    /// - Parameters:
    ///   - path: The file to open; one with a NUL is refused (EINVAL), as C would cut it there.
    ///   - flags: Those of open(2); `O_CLOEXEC` is added.
    ///   - mode: Of a new file; the process's umask takes bits away.
    ///   - operation: What an error says was attempted.
    ///   - named: The file that errors name, nil for `path` itself.
    /// - Returns: The open file.
    /// - Throws: `FileError`.
    static func open(
        _ path: String,
        _ flags: Int32,
        mode: mode_t = 0,
        as operation: FileError.Operation = .open,
        named: String? = nil
    ) throws(FileError) -> Descriptor {
        let named = named ?? path
        guard !path.utf8.contains(0) else { throw FileError(operation: operation, path: named, code: EINVAL) }
        let number = repeating { Int(Glibc.open(path, flags | O_CLOEXEC, mode)) }
        guard number >= 0 else { throw .last(operation, named) }
        return Descriptor(number: Int32(number), path: named)
    }

    /// The file's size in bytes.
    borrowing func size() throws(FileError) -> Int {
        var status = stat()
        guard fstat(number, &status) == 0 else { throw .last(.read, path) }
        return Int(status.st_size)
    }

    /// Reads up to `count` bytes from `offset`, or from where the last read ended; empty at the end.
    borrowing func read(_ count: Int, at offset: Int? = nil) throws(FileError) -> [UInt8] {
        var failure: FileError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            let result = Self.repeating {
                if let offset {
                    pread(number, buffer.baseAddress, count, off_t(offset))
                } else {
                    Glibc.read(number, buffer.baseAddress, count)
                }
            }
            if result < 0 { failure = .last(.read, path) }
            initialized = max(result, 0)
        }
        if let failure { throw failure }
        return bytes
    }

    /// Writes everything, in one call unless the system takes only a part.
    ///
    /// When it throws, a part may have been written.
    borrowing func write(_ bytes: [UInt8]) throws(FileError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = Self.repeating {
                rest.withUnsafeBytes { Glibc.write(number, $0.baseAddress, $0.count) }
            }
            guard count >= 0 else { throw .last(.write, path) }
            rest = rest.dropFirst(count)
        }
    }

    /// Cuts the file off at its beginning.
    borrowing func truncate() throws(FileError) {
        guard Self.repeating({ Int(ftruncate(number, 0)) }) == 0 else { throw .last(.write, path) }
    }

    /// Sets the mode exactly, whatever the umask.
    borrowing func setMode(_ mode: mode_t) throws(FileError) {
        guard Self.repeating({ Int(fchmod(number, mode)) }) == 0 else { throw .last(.setMode, path) }
    }

    /// Waits until the content, or a folder's entries, would survive a power cut.
    borrowing func synchronize(as operation: FileError.Operation = .synchronize) throws(FileError) {
        guard Self.repeating({ Int(fsync(number)) }) == 0 else { throw .last(operation, path) }
    }

    /// Takes the exclusive flock(2) without waiting; false when somebody else has it.
    borrowing func lock() throws(FileError) -> Bool {
        if Self.repeating({ Int(flock(number, LOCK_EX | LOCK_NB)) }) == 0 { return true }
        guard errno == EWOULDBLOCK else { throw .last(.lock, path) }
        return false
    }

    private static func repeating(_ call: () -> Int) -> Int {
        while true {
            let result = call()
            if result >= 0 || errno != EINTR { return result }
        }
    }
}
