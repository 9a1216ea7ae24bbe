import Glibc
import TestSupport
import TestTraits
import Testing

@Suite(.tags(.server), .timeLimit(.minutes(5))) struct ThrowawayServerTests {
    @Test(arguments: ThrowawayServer.Kind.matrix)
    func `has the accounts, with exactly their privileges`(_ kind: ThrowawayServer.Kind) async throws {
        try kind.skipUnlessExpected()
        try await ThrowawayServer.with(kind) { server in
            let grants = try await server.sql("SHOW GRANTS FOR 'hostcached'@'%'; SHOW GRANTS FOR 'app'@'%'")
            let privileges = grants.split(separator: "\n").map { grant in
                grant.replacing("`", with: "").split(separator: " IDENTIFIED").first.map(String.init)
            }
            let (global, table) =
                switch kind.flavour {
                case .mariadb: (["GRANT RELOAD, CONNECTION ADMIN ON *.* TO hostcached@%"], "SELECT")
                case .mysql:
                    (
                        [
                            "GRANT USAGE ON *.* TO hostcached@%",
                            "GRANT SYSTEM_VARIABLES_ADMIN ON *.* TO hostcached@%",
                        ], "SELECT"
                    )
                }
            #expect(
                privileges == global + [
                    "GRANT \(table) ON performance_schema.host_cache TO hostcached@%",
                    "GRANT USAGE ON *.* TO app@%",
                ]
            )
            let version = try await server.sql("SELECT VERSION()")
            #expect(server.version == version)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `keeps data, port and options when it is killed and restarted`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try kind.skipUnlessExpected()
        let options = ["--max-connect-errors=17", "--performance-schema=OFF"]
        try await ThrowawayServer.with(kind, options: options) { server in
            _ = try await server.sql(
                "CREATE DATABASE d; CREATE TABLE d.t (n INT); INSERT INTO d.t VALUES (1)"
            )
            let first = server.pid
            await server.kill()
            #expect(server.pid == 0)
            #expect(kill(first, 0) == -1)

            try await server.restart()
            #expect(server.pid != first)
            let answer = try await server.sql(
                "SELECT n, @@port, @@max_connect_errors, @@performance_schema FROM d.t"
            )
            #expect(answer == "1\t\(server.port)\t17\t0")

            try await server.restart()
            let again = try await server.sql("SELECT n FROM d.t")
            #expect(again == "1")
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `writes a binlog when asked, and every statement into the general log`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try kind.skipUnlessExpected()
        let gtid = kind == .mysql ? ["--gtid-mode=ON", "--enforce-gtid-consistency=ON"] : []
        try await ThrowawayServer.with(kind, options: ["--log-bin=binlog"] + gtid) { server in
            let answer = try await server.sql("SELECT @@log_bin")
            #expect(answer == "1")
            let log = try server.generalLog()
            #expect(log.filter { $0.hasSuffix("Query\tSELECT @@log_bin") }.count == 1)
        }
        try await ThrowawayServer.with(kind) { server in
            let answer = try await server.sql("SELECT @@log_bin")
            #expect(answer == "0")
        }
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `leaves neither process nor files behind`(_ kind: ThrowawayServer.Kind) async throws {
        try kind.skipUnlessExpected()
        let server = try await ThrowawayServer.start(kind)
        let pid = server.pid
        #expect(kill(pid, 0) == 0)
        await server.stop()
        #expect(kill(pid, 0) == -1)
        #expect(access(server.socketPath, F_OK) == -1)
        let folder = server.socketPath.split(separator: "/").dropLast().joined(separator: "/")
        var status = stat()
        #expect(lstat("/" + folder, &status) == -1)
    }

    @Test(arguments: ThrowawayServer.Kind.allCases)
    func `says why it did not start`(_ kind: ThrowawayServer.Kind) async throws {
        try kind.skipUnlessExpected()
        let error = await #expect(throws: ServerError.self) {
            try await ThrowawayServer.start(kind, options: ["--no-such-option"])
        }
        #expect(error?.description.contains("unknown option '--no-such-option'") == true)
    }
}
