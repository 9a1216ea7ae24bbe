package import Configuration

extension DaemonConfiguration {
    /// A configuration read from text, as if it lay in `/etc/hostcached/hostcached.toml` without a `conf.d`.
    package static func sample(_ text: String) throws -> DaemonConfiguration {
        let path = Self.defaultPath
        return try ConfigurationLoader.load(
            path: path,
            surroundings: Surroundings(
                readFile: { wanted throws(FileFailure) in
                    guard wanted == path else { throw FileFailure(code: 2) }
                    return Array(text.utf8)
                },
                listFolder: { _ throws(FileFailure) in throw FileFailure(code: 2) },
                fileMode: { _ throws(FileFailure) in 0o600 },
                environment: { _ in nil }
            )
        )
    }

    /// One server in `enforce`, with further lines of its table.
    package static func sample(server lines: String) throws -> DaemonConfiguration {
        try sample(
            """
            mode = "enforce"
            [[server]]
            name = "orders"
            host = "db.example.com"
            user = "watch"
            \(lines)
            """
        )
    }
}
