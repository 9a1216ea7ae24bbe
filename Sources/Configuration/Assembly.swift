/// Checks the merged sections and makes the configuration of them.
struct Assembly {
    private let merged: MergedFiles
    private let paths: ReferencedPaths
    private(set) var problems: [Problem] = []

    init(_ merged: MergedFiles, paths: ReferencedPaths) {
        self.merged = merged
        self.paths = paths
    }

    /// The configuration, or nil when something that it needs is missing or wrong.
    ///
    /// When not everything could be read, `isComplete` is false and missing keys are not reported.
    mutating func configuration(isComplete: Bool) -> DaemonConfiguration? {
        var top = SectionReader(merged.top)
        let mode = top.choice("mode", of: DaemonConfiguration.Mode.self)
        if isComplete, !top.has("mode") {
            top.report("mode", "is missing (observe or enforce)")
        }
        let stateDirectory = stateDirectory(&top)
        let logLevel = top.choice("log_level", of: DaemonConfiguration.LogLevel.self)
        let logFormat = top.choice("log_format", of: DaemonConfiguration.LogFormat.self)
        let metricsFile = metricsFile()
        let aws = aws()
        var defaults = SectionReader(merged.defaults)
        let settings = ServerSettings(&defaults, paths: paths)
        let serverKeys = defaults.known
        defaults.refuse(["name", "host", "socket"], "belongs to each [[server]], not to [defaults]")
        defaults.refuseUnknownKeys()
        problems += defaults.problems
        let isServerMisshapen = merged.problems.contains { $0.keyPath == "server" }
        if isComplete, merged.servers.isEmpty, !isServerMisshapen {
            top.report("server", "is missing; write at least one [[server]]")
        }
        refuseRest(of: &top, serverKeys: serverKeys)
        problems += top.problems
        let servers = servers(
            ServerReader(
                top: mode,
                defaults: settings,
                isUserInherited: !isComplete || defaults.has("user"),
                paths: paths
            )
        )
        guard let mode, let stateDirectory, let metricsFile else { return nil }
        return DaemonConfiguration(
            mode: mode,
            metricsFile: metricsFile,
            stateDirectory: stateDirectory,
            logLevel: logLevel ?? .info,
            logFormat: logFormat ?? .text,
            aws: aws,
            servers: servers
        )
    }

    private func stateDirectory(_ top: inout SectionReader) -> String? {
        let written = top.absolutePath("state_directory")
        // With more than one StateDirectory= it is a list with colons, ours first. Source: systemd.exec(5).
        guard let first = paths.surroundings.environment("STATE_DIRECTORY")?.split(separator: ":").first
        else {
            return top.has("state_directory") ? written : "/var/lib/hostcached"
        }
        guard first.hasPrefix("/") else {
            top.report("state_directory", "$STATE_DIRECTORY is \"\(first)\", which is not an absolute path")
            return nil
        }
        return String(first)
    }

    private mutating func metricsFile() -> String? {
        var reader = SectionReader(merged.metrics)
        let file = reader.absolutePath("file")
        // node_exporter's textfile collector reads nothing else.
        if let file, !file.hasSuffix(".prom") {
            reader.report("file", "\"\(file)\" does not end in .prom")
        }
        reader.refuseUnknownKeys()
        problems += reader.problems
        return reader.has("file") ? file : "/run/hostcached/metrics/hostcached.prom"
    }

    private mutating func aws() -> DaemonConfiguration.AWS {
        var reader = SectionReader(merged.aws)
        let aws = DaemonConfiguration.AWS(&reader)
        problems += reader.problems
        return aws
    }

    private func refuseRest(of top: inout SectionReader, serverKeys: Set<String>) {
        top.refuse(DaemonConfiguration.AWS.keys, "belongs to [aws], not to the top of the file")
        let misplaced = serverKeys.union(["name", "host", "socket"]).subtracting(top.known)
        top.refuse(misplaced.sorted(), "belongs to [[server]] or [defaults], not to the top of the file")
        // They are merged apart, but somebody may have meant them.
        for key in ["server", "metrics", "aws", "defaults"] {
            _ = top.setting(key)
        }
        top.refuseUnknownKeys()
    }

    private mutating func servers(_ maker: ServerReader) -> [DaemonConfiguration.Server] {
        var roster = Roster()
        var servers: [DaemonConfiguration.Server] = []
        for section in merged.servers {
            var reader = SectionReader(section)
            let server = maker.server(&reader)
            roster.enter(&reader, address: server?.address)
            problems += reader.problems
            if let server {
                servers.append(server)
            }
        }
        return servers
    }
}
