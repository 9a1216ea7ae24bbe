import Glibc

/// Reading of small files whole.
package enum File {
    /// Reads a file to its end.
    ///
    /// Blocks; on a pipe until its writer closes.
    ///
    /// - Parameters:
    ///   - path: The file, links followed.
    ///   - limit: The most bytes it may have, so that a wrong path cannot fill the memory. Above 0.
    /// - Returns: The whole content.
    /// - Throws: `FileError`; EFBIG for a file above the limit.
    package static func read(_ path: String, limit: Int) throws(FileError) -> [UInt8] {
        let file = try Descriptor.open(path, O_RDONLY)
        var content: [UInt8] = []
        // Its size is no help: it is 0 for what lies in /proc, and the file may grow meanwhile.
        while content.count <= limit {
            let bytes = try file.read(min(65_536, limit - content.count + 1))
            if bytes.isEmpty { return content }
            content += bytes
        }
        throw FileError(operation: .read, path: path, code: EFBIG)
    }
}
