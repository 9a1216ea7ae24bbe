import FoundationEssentials
import MariaDBClient
import Secrets
import TestSupport
import TestTraits
import Testing

/// Accounts that may not do all that is wanted, on real servers.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(5)))
struct PrivilegeTests {
    private static let see = "SELECT ON performance_schema.host_cache"

    @Test(arguments: ThrowawayServer.Kind.matrix, ["", see])
    func `the statements that diagnose prints leave no privilege missing`(
        _ kind: ThrowawayServer.Kind,
        _ granted: String
    ) async throws {
        try await Scenario.with(kind) { scenario in
            _ = try await scenario.server.sql("CREATE USER 'o''limited'@'127.0.0.%' IDENTIFIED BY 'watch'")
            let user = "o'limited"
            if !granted.isEmpty {
                _ = try await scenario.server.sql("GRANT \(granted) TO 'o''limited'@'127.0.0.%'")
            }
            let before = try await scenario.missing(user)
            #expect(before.map(\.code) == (granted.isEmpty ? ["HC111"] : []) + ["HC112", "HC113"])
            for finding in before {
                let statement = try #require(finding.fix.first { $0.kind == "sql" })
                _ = try await scenario.server.sql(statement.text)
            }
            #expect(try await scenario.missing(user).map(\.code) == [])
            try await scenario.useAll(user)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.matrix)
    func `privileges of a role count once it is active`(_ kind: ThrowawayServer.Kind) async throws {
        try await Scenario.with(kind) { scenario in
            let others =
                switch kind.flavour {
                case .mariadb: ["RELOAD, CONNECTION ADMIN ON *.*"]
                case .mysql: ["SYSTEM_VARIABLES_ADMIN ON *.*"]
                }
            var statements = [
                "CREATE USER 'limited'@'%' IDENTIFIED BY 'watch'", "CREATE ROLE inner_role, outer_role",
            ]
            statements += ([Self.see] + others).map { "GRANT \($0) TO inner_role" }
            statements += ["GRANT inner_role TO outer_role", "GRANT outer_role TO 'limited'@'%'"]
            for statement in statements { _ = try await scenario.server.sql(statement) }
            let inactive = try await scenario.missing("limited")
            #expect(inactive.map(\.code) == ["HC111", "HC112", "HC113"])
            #expect(inactive.allSatisfy { $0.why?.hasSuffix("(SET DEFAULT ROLE)") == true })

            let word = kind.flavour == .mariadb ? "FOR" : "TO"
            _ = try await scenario.server.sql("SET DEFAULT ROLE outer_role \(word) 'limited'@'%'")
            #expect(try await scenario.missing("limited").map(\.code) == [])
            try await scenario.useAll("limited")
        }
    }

    @Test(arguments: ThrowawayServer.Kind.matrix)
    func `a privilege to look that is revoked and granted again is told, and the server stays up`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            let daemon = try await scenario.daemon(keys: [#"check_interval = "1s""#])
            let missing = #"hostcached_server_missing_privileges{server="orders",privilege="see"}"#
            #expect(daemon.metric(missing) == 0)
            _ = try await scenario.server.sql("REVOKE \(Self.see) FROM 'hostcached'@'%'")
            try await waitUntil("the missing privilege shows") {
                daemon.metric(missing) == 1
            }
            #expect(daemon.metric(#"hostcached_server_up{server="orders"}"#) == 1)
            #expect(daemon.metric(#"hostcached_host_cache_visible{server="orders"}"#) == 0)
            _ = try await scenario.server.sql("GRANT \(Self.see) TO 'hostcached'@'%'")
            try await waitUntil("the privilege is back") {
                daemon.metric(missing) == 0
            }
            #expect(daemon.metric(#"hostcached_host_cache_visible{server="orders"}"#) == 1)
            try await daemon.stop()
            let told = daemon.log
            #expect(told.count { $0.contains("a privilege is missing") } == 1)
            #expect(told.count { $0.contains("a privilege that was missing is there") } == 1)
            #expect(told.count { $0.contains("server is down") } == 0)
        }
    }

    @Test(arguments: ThrowawayServer.Kind.matrix)
    func `a flush waits for its privilege, without a try, and comes when it is granted`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try await Scenario.with(kind) { scenario in
            let flush = kind.flavour == .mariadb ? "RELOAD ON *.*" : "DROP ON performance_schema.host_cache"
            // MySQL 9.7 grants DROP on this table and refuses to revoke it alone (1142).
            for statement in [
                "REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'hostcached'@'%'",
                "GRANT \(Self.see) TO 'hostcached'@'%'",
            ] {
                _ = try await scenario.server.sql(statement)
            }
            try await scenario.block()
            let daemon = try await scenario.daemon(keys: Scenario.flushOnly)
            let missing = #"hostcached_server_missing_privileges{server="orders",privilege="flush"}"#
            try await waitUntil("the missing privilege shows") {
                daemon.metric(missing) == 1
            }
            try scenario.expectChanges([])
            _ = try await scenario.server.sql("GRANT \(flush) TO 'hostcached'@'%'")
            try await waitUntil("the blocked host can log in") {
                await scenario.login() == nil
            }
            let truncate = "TRUNCATE TABLE performance_schema.host_cache"
            try scenario.expectChanges([kind.flavour == .mariadb ? scenario.flush : truncate])
            try await daemon.stop()
        }
    }

    /// The C library reads this name as 127.0.0.2 and asks no resolver: inet_aton(3).
    @Test func `a load balancer given by name is watched by its address`() async throws {
        try await Scenario.with(.mariadb) { scenario in
            try await scenario.block()
            let daemon = try await scenario.daemon(
                keys: Scenario.flushOnly + [
                    #"load_balancers = ["0x7f000002"]"#, #"flush_for = "load-balancers""#,
                ]
            )
            try await waitUntil("the blocked host can log in") {
                await scenario.login() == nil
            }
            let watched = #"hostcached_watched_host_connect_errors{server="orders",watched_host="127.0.0.2"}"#
            #expect(daemon.metric(watched) != nil)
            try await daemon.stop()
        }
    }
}

extension Scenario {
    /// What `diagnose` says of privileges.
    fileprivate struct Finding: Decodable {
        struct Step: Decodable {
            var kind: String
            var text: String
        }

        var code: String
        var why: String?
        var fix: [Step]
    }

    private struct Document: Decodable {
        struct Server: Decodable {
            var findings: [Finding]
        }

        var servers: [Server]
    }

    /// The findings of `diagnose` about privileges that this user lacks.
    fileprivate func missing(_ user: String) async throws -> [Finding] {
        try DaemonProcess.writeConfiguration(forPort: server.port, mode: "observe", in: folder)
        let process = try await ChildProcess.start(
            BuiltProduct.hostcached,
            [
                "diagnose", "--host", "127.0.0.1", "--port", "\(server.port)", "--user", user,
                "--password-file", folder.file("password"), "--json",
            ]
        )
        _ = try await process.wait()
        let document = try JSONDecoder().decode(Document.self, from: Data(process.standardOutput.utf8))
        return document.servers.flatMap(\.findings).filter { $0.code.hasPrefix("HC11") }
            .sorted { $0.code < $1.code }
    }

    /// Does as this user all that the daemon may ever do.
    fileprivate func useAll(_ user: String) async throws {
        let session = try await Session.connect(
            to: Endpoint(
                address: .tcp(host: "127.0.0.1", port: server.port),
                tls: .disabled,
                sourceAddress: nil,
                connectTimeout: .seconds(30),
                queryTimeout: .seconds(30)
            ),
            as: Login(user: user, password: Secret("watch"))
        )
        let raise = server.kind == .mysql ? "SET PERSIST" : "SET GLOBAL"
        for statement in [
            "SELECT COUNT(*) FROM performance_schema.host_cache", flush,
            "\(raise) max_connect_errors = 5000",
        ] {
            _ = try await session.query(statement)
        }
        await session.close()
    }
}
