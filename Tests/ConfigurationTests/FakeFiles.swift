import Configuration
import Glibc

/// Files, permission bits and environment in memory.
struct FakeFiles {
    static let main = "/etc/hostcached/hostcached.toml"
    static let password = "/etc/hostcached/credentials/orders"

    var texts: [String: String] = [:]
    /// Contents that need not be UTF-8; they win over `texts`.
    var bytes: [String: [UInt8]] = [:]
    /// Paths that are listed but not there any more.
    var vanished: Set<String> = []
    var modes: [String: UInt32] = [Self.password: 0o640, "/etc/hostcached/credentials/touch": 0o640]
    var environment: [String: String] = [:]
    /// What listing a folder fails with, by path.
    var folderFailures: [String: FileFailure] = [:]

    init(_ text: String? = nil) {
        texts[Self.main] = text
    }

    var surroundings: Surroundings {
        let files = self
        return Surroundings(
            readFile: { path throws(FileFailure) in
                guard let bytes = files.bytes[path] ?? files.texts[path].map({ Array($0.utf8) }) else {
                    throw FileFailure(code: ENOENT)
                }
                return bytes
            },
            listFolder: { path throws(FileFailure) in
                if let failure = files.folderFailures[path] {
                    throw failure
                }
                let names = files.vanished.union(files.texts.keys).filter { $0.hasPrefix("\(path)/") }
                guard !names.isEmpty else { throw FileFailure(code: ENOENT) }
                return names.map { String($0.dropFirst(path.count + 1)) }
            },
            fileMode: { path throws(FileFailure) in
                guard let mode = files.modes[path] else { throw FileFailure(code: ENOENT) }
                return mode
            },
            environment: { files.environment[$0] }
        )
    }

    func load(_ path: String = Self.main) throws(ConfigurationError) -> DaemonConfiguration {
        try ConfigurationLoader.load(path: path, surroundings: surroundings)
    }

    /// The problems' lines, without the folder of the main file; empty when there are none.
    func problems(_ path: String = Self.main) -> [String] {
        do throws(ConfigurationError) {
            _ = try load(path)
            return []
        } catch {
            return error.problems.map { "\($0)".replacing("/etc/hostcached/", with: "") }
        }
    }
}

extension FakeFiles {
    /// One good server with `lines` added to it; these begin on line 6.
    init(server lines: String, mode: String = "observe") {
        self.init(
            """
            mode = "\(mode)"
            [[server]]
            name = "orders"
            host = "db.example.com"
            user = "watch"
            \(lines)
            """
        )
    }

    /// `lines` at the top of a file, from line 1, with one good server below.
    init(top lines: String) {
        self.init(
            """
            \(lines)
            [[server]]
            name = "orders"
            host = "db.example.com"
            user = "watch"
            """
        )
    }
}
