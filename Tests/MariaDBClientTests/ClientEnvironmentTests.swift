import Glibc
import MariaDBClient
import Testing

@Suite(.timeLimit(.minutes(5))) struct ClientEnvironmentTests {
    @Test func `the environment cannot move the plugin folder or preload a plugin`() async {
        // In a process of its own: the variables must be there before libmariadb is first used.
        await #expect(processExitsWith: .success) {
            setenv("MARIADB_PLUGIN_DIR", "/nowhere", 1)
            setenv("LIBMYSQL_PLUGINS", "dialog", 1)
            setenv("MARIADB_TLS_DISABLE_PEER_VERIFICATION", "1", 1)
            // caching_sha2_password is a plugin to be loaded; 1, 3 is its "password accepted".
            let server = FakeServer([
                .greeting(plugin: "caching_sha2_password"), .receive, .send(2, [1, 3]), .ok(3),
            ])
            let session = try await Session.connect(to: .local(server.port), as: .hostcached)
            await session.close()
            withExtendedLifetime(server) {}
            let left = ["MARIADB_PLUGIN_DIR", "LIBMYSQL_PLUGINS", "MARIADB_TLS_DISABLE_PEER_VERIFICATION"]
            #expect(left.filter { getenv($0) != nil } == [])
        }
    }
}
