/// Reads, merges and checks the configuration files.
package enum ConfigurationLoader {
    /// Loads the file at `path` and then `conf.d/*.toml` beside it in the order of their names.
    ///
    /// Servers append; every other key is set in one place. Blocks as `surroundings` does.
    ///
    /// - Throws: ``ConfigurationError`` with every problem there is, not just the first.
    package static func load(
        path: String,
        surroundings: Surroundings
    ) throws(ConfigurationError) -> DaemonConfiguration {
        var files = ConfigurationFiles(mainFile: path)
        files.read(from: surroundings)
        var assembly = Assembly(files.merged, paths: paths(besides: path, surroundings: surroundings))
        let configuration = assembly.configuration(isComplete: files.problems.isEmpty)
        let problems = files.problems + files.merged.problems + assembly.problems
        guard problems.isEmpty, let configuration else {
            throw ConfigurationError(problems: sorted(problems, files: files.names))
        }
        return configuration
    }

    private static func paths(besides path: String, surroundings: Surroundings) -> ReferencedPaths {
        let credentials = surroundings.environment("CREDENTIALS_DIRECTORY")
        return ReferencedPaths(
            configurationFolder: ConfigurationFiles.folder(of: path),
            credentialsFolder: credentials?.isEmpty == false ? credentials : nil,
            surroundings: surroundings
        )
    }

    private static func sorted(_ problems: [Problem], files: [String]) -> [Problem] {
        let rank = { (problem: Problem) in
            (files.firstIndex(of: problem.file) ?? files.count, problem.line ?? 0)
        }
        // Stable, so problems of one line keep the order in which they were found.
        return problems.sorted { rank($0) < rank($1) }
    }
}
