import TestSupport
import TestTraits
import Testing

/// Starts one server of each kind for the tests of a suite, and stops them afterwards.
struct ServersTrait: SuiteTrait, TestScoping {
    @TaskLocal static var servers: [ThrowawayServer.Kind: ThrowawayServer] = [:]

    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        var servers: [ThrowawayServer.Kind: ThrowawayServer] = [:]
        for kind in ThrowawayServer.Kind.allCases where ThrowawayServer.isAvailable(kind) {
            servers[kind] = try await .start(kind)
        }
        // When a test fails or a start throws, the processes end with the last reference to their server.
        try await Self.$servers.withValue(servers) { try await body() }
        for server in servers.values { await server.stop() }
    }
}

extension Trait where Self == ServersTrait {
    /// The suite's tests share one server of each kind.
    static var servers: Self { Self() }
}

extension ThrowawayServer {
    /// The suite's server of this kind; skips the test where that is not installed.
    static func shared(_ kind: Kind) throws -> ThrowawayServer {
        try kind.skipUnlessExpected()
        return try #require(ServersTrait.servers[kind])
    }

    /// Waits until the server runs exactly this statement.
    func waitUntilRunning(_ statement: String) async throws {
        try await waitUntil("\(kind) runs \(statement)") {
            try await sql("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE INFO = '\(statement)'")
                == "1"
        }
    }

    /// Waits until nobody is logged in as `hostcached`.
    func waitUntilAllHaveLeft() async throws {
        try await waitUntil("\(kind) has no session of hostcached") {
            try await sql("SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE USER = 'hostcached'")
                == "0"
        }
    }
}
