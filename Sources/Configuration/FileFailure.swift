internal import Glibc

/// Why the operating system refused something about a file.
package struct FileFailure: Error, Hashable, Sendable {
    /// A number of errno(3).
    package let code: Int32

    package init(code: Int32) {
        self.code = code
    }

    /// Whether there is nothing at that path.
    package var isMissing: Bool { code == ENOENT }
}

extension FileFailure: CustomStringConvertible {
    package var description: String {
        // Unlike strerror(3), safe to call from any thread. Source: strerror(3).
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
            guard
                let start = buffer.baseAddress,
                strerror_r(code, start, buffer.count) == 0
            else { return "error \(code)" }
            return String(cString: start).lowercased()
        }
    }
}
