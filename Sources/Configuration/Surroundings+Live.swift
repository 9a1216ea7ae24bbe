internal import Glibc

extension Surroundings {
    /// The machine this runs on.
    ///
    /// Every call blocks; files over 1 MiB fail as EFBIG.
    package static let live = Self(
        readFile: { path throws(FileFailure) in try OpenFile.open(path).contents(limit: 1 << 20) },
        listFolder: { path throws(FileFailure) in try names(in: path) },
        fileMode: { path throws(FileFailure) in
            let mode = try OpenFile.open(path).mode()
            guard mode & S_IFMT != S_IFDIR else { throw FileFailure(code: EISDIR) }
            return mode & 0o7777
        },
        environment: { name in getenv(name).map { String(cString: $0) } }
    )

    private static func names(in path: String) throws(FileFailure) -> [String] {
        guard let folder = opendir(path) else { throw FileFailure(code: errno) }
        defer { closedir(folder) }
        var names: [String] = []
        while true {
            // > To distinguish end of stream from an error, set errno to zero before calling readdir().
            // Source: readdir(3)
            errno = 0
            guard let entry = readdir(folder) else {
                let code = errno
                guard code == 0 else { throw FileFailure(code: code) }
                return names
            }
            names.append(
                withUnsafePointer(to: &entry.pointee.d_name) { name in
                    name.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: name.pointee))
                    {
                        String(cString: $0)
                    }
                }
            )
        }
    }
}
