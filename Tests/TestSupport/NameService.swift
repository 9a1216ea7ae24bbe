import FoundationEssentials

/// What a server learns when it asks for the name of an address.
package enum NameService: Hashable, Sendable {
    /// What the machine says.
    case ofMachine
    /// No address has a name, which is known at once (`EAI_NONAME`).
    case nameless
    /// Nobody can say just now (`EAI_AGAIN`).
    case unreachable
}

extension NameService {
    /// The command in front of a server's own: it gives the server files of its own for the resolver.
    ///
    /// It replaces itself with the server, so the process id is the server's.
    ///
    /// - Parameters:
    ///   - folder: Where these files go.
    ///   - root: The server's root directory, empty for the machine's own.
    ///   - isRoot: Whether this process may mount; else it becomes root of a user namespace for that.
    /// - Returns: The words to put in front; none where the machine's own files will do.
    /// - Throws: What the file system says.
    func command(_ folder: ServerFolder, root: String, isRoot: Bool) throws -> [String] {
        let files: KeyValuePairs<String, String> =
            switch self {
            case .ofMachine: [:]
            case .nameless: ["nsswitch.conf": "hosts: files\n"]
            case .unreachable:
                [
                    "nsswitch.conf": "hosts: files dns\n",
                    // Nobody listens there, which the kernel says at once.
                    "resolv.conf": "nameserver 127.255.255.254\noptions timeout:1 attempts:1\n",
                ]
            }
        guard !files.isEmpty else { return [] }
        var mounts: [String] = []
        for (name, text) in files {
            let path = "\(folder.path)/\(name)"
            try text.write(toFile: path, atomically: false, encoding: .utf8)
            mounts.append("mount --bind \(path) \(root)/etc/\(name)")
        }
        let script = (mounts + ["exec \"$@\""]).joined(separator: " && ")
        return ["unshare", "--mount"] + (isRoot ? [] : ["--map-root-user"]) + ["sh", "-c", script, "sh"]
    }
}
