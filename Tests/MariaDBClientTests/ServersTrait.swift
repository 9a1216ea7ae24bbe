import TestSupport
import Testing

/// Starts one server of each kind for the tests of a suite, and stops them afterwards.
struct ServersTrait: SuiteTrait, TestScoping {
    @TaskLocal static var servers: [ThrowawayServer.Kind: ThrowawayServer] = [:]

    @concurrent func provideScope(
        for test: Test,
        testCase: Test.Case?,
        performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        // MariaDB keeps its performance schema off unless told otherwise.
        try await ThrowawayServer.with(.mariadb, options: ["--performance-schema=ON"]) { mariadb in
            try await ThrowawayServer.with(.mysql) { mysql in
                try await Self.$servers.withValue([.mariadb: mariadb, .mysql: mysql]) { try await body() }
            }
        }
    }
}

extension Trait where Self == ServersTrait {
    /// The suite's tests share one server of each kind.
    static var servers: Self { Self() }
}

extension ThrowawayServer {
    /// The suite's server of this kind.
    static func shared(_ kind: Kind) throws -> ThrowawayServer { try #require(ServersTrait.servers[kind]) }
}
