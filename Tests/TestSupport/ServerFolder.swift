import FoundationEssentials
import Glibc

/// The files of one throw-away server, removed when the last reference goes.
///
/// A server that runs in a root of its own keeps them below that root's `/tmp`, and a link leads there from
/// the machine's `/tmp`: so `path` is the same on both sides, and short enough for a socket (unix(7): 108
/// bytes).
final class ServerFolder: Sendable {
    let path: String
    private let behindLink: String?

    /// Makes the folder.
    ///
    /// Throws what the file system says.
    init(_ kind: ThrowawayServer.Kind) throws {
        path = "/tmp/hostcached-\(kind)-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
        behindLink = kind.root.isEmpty ? nil : kind.root + path
        try FileManager.default.createDirectory(
            atPath: behindLink ?? path,
            withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700]
        )
        if let behindLink {
            try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: behindLink)
        }
        try Data().write(to: URL(filePath: optionFile))
    }

    deinit { remove() }

    var data: String { path + "/data" }
    var socket: String { path + "/socket" }
    var errorLog: String { path + "/error.log" }
    var generalLog: String { path + "/general.log" }
    /// Empty, so that no option of the machine's own servers counts.
    var optionFile: String { path + "/my.cnf" }

    /// The last lines of the server's error log, for messages.
    var lastWords: String {
        let lines = (TextFile.read(errorLog) ?? "no error log").split(separator: "\n")
        return lines.suffix(15).joined(separator: "\n")
    }

    /// Removes every file; nothing happens the second time.
    func remove() {
        for path in [behindLink, path].compactMap(\.self) {
            // Nothing depends on the removal: names are never used twice.
            try? FileManager.default.removeItem(atPath: path)
        }
    }
}
