import TestSupport
import Testing

@Suite(.timeLimit(.minutes(2))) struct ThrowawayServerTests {
    @Test(arguments: [ThrowawayServer.Kind.mariadb])
    func `starts and answers`(_ kind: ThrowawayServer.Kind) async throws {
        try await ThrowawayServer.with(kind) { server in
            let answer = try await server.sql("SELECT 1, NULL")
            #expect(answer == "1\tNULL")
        }
    }
}
