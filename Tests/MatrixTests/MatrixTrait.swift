import Glibc
import TestSupport
import Testing

/// Keeps the servers of the matrix while its cases run, and prints what became of each case.
struct MatrixTrait: SuiteTrait, TestScoping {
    @TaskLocal static var stands: [ThrowawayServer.Kind: Stand] = [:]

    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let stands = Dictionary(uniqueKeysWithValues: ThrowawayServer.Kind.matrix.map { ($0, Stand($0)) })
        // When the tests throw, the processes end with the last reference to their server.
        try await Self.$stands.withValue(stands) { try await body() }
        var versions: [ThrowawayServer.Kind: String] = [:]
        for (kind, stand) in stands {
            versions[kind] = await stand.version
            await stand.stop()
        }
        for line in await MatrixReport.shared.lines(versions: versions) { Self.write(line) }
    }

    /// Writes a line at once: a full buffer of `print` would be written up to the middle of a line, and what the
    /// testing library says meanwhile would come in between (seen in CI, which looks for the closing line).
    private static func write(_ line: String) {
        let bytes = Array("\(line)\n".utf8)
        // Short enough to stay in one piece (pipe(7), `PIPE_BUF`). Nobody is there to hear of a failure.
        _ = Glibc.write(STDOUT_FILENO, bytes, bytes.count)
    }
}

extension Trait where Self == MatrixTrait {
    /// The suite's cases run on the servers of the matrix.
    static var matrix: Self { Self() }
}

extension Trait where Self == IssueHandlingTrait {
    /// Takes a case's failed expectations into the report.
    ///
    /// They are recorded, not thrown, so that nobody else hears of them.
    static var reported: Self {
        .compactMapIssues { issue in
            if issue.severity == .error { MatrixReport.entry?.fail() }
            return issue
        }
    }
}
