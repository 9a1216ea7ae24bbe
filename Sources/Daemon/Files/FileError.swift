import Glibc

/// Why a file could not be read, written or locked.
package struct FileError: Error, Hashable, Sendable {
    /// What was being attempted.
    package enum Operation: String, Hashable, Sendable {
        case open
        case read
        case create = "create a temporary file for"
        case write
        case synchronize
        case setMode = "set the mode of"
        case rename = "rename the temporary file to"
        case remove
        case rotate
        case makeFolder = "make the folder"
        case openFolder = "open the folder of"
        case synchronizeFolder = "synchronize the folder of"
        case lock
    }

    package let operation: Operation
    /// The file that the caller named, not a temporary one.
    package let path: String
    /// The system's error number, as in errno(3).
    package let code: Int32

    /// Describes a failure; `code` is an error number of errno(3).
    package init(operation: Operation, path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }

    /// Describes the system call that has just failed; to be called before any other.
    static func last(_ operation: Operation, _ path: String) -> FileError {
        FileError(operation: operation, path: path, code: errno)
    }

    /// Whether the file is not there (or its folder is not).
    package var isMissing: Bool { code == ENOENT }
}

extension FileError: CustomStringConvertible {
    package var description: String {
        "cannot \(operation.rawValue) \(path): \(Self.text(of: code)) (errno \(code))\(advice)"
    }

    private var advice: String {
        switch code {
        case ENOSPC, EDQUOT: "; free space on its file system"
        case EACCES, EPERM: "; check the owner and mode of the file and its folders"
        case EROFS: "; put it where the service may write, such as its state directory"
        default: ""
        }
    }

    /// The sentence of strerror(3), by its thread-safe form.
    private static func text(of code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(code, &buffer, buffer.count) == 0 else { return "unknown error" }
        return buffer.withUnsafeBufferPointer { characters in
            String(decoding: characters.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
