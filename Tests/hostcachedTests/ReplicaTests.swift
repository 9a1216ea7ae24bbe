import TestSupport
import TestTraits
import Testing

/// A replica with GTIDs that lets nobody write.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(8)))
struct ReplicaTests {
    @Test(arguments: ThrowawayServer.Kind.matrix)
    func `a day's flushes and a raise leave no transaction on a read-only replica`(
        _ kind: ThrowawayServer.Kind
    ) async throws {
        try kind.skipUnlessExpected()
        try await ThrowawayServer.with(kind, options: kind.replication(serverID: 1)) { source in
            try await Scenario.with(kind, options: kind.replication(serverID: 2)) { replica in
                try await kind.replicate(source, to: replica.server)
                _ = try await source.sql("CREATE DATABASE app; CREATE TABLE app.t (i INT PRIMARY KEY)")
                try await untilCaughtUp(kind, source, replica.server)

                // A window of half a second, so that each look with an error in it has a scheduled flush due,
                // and the gap of a second keeps them apart. By default, at 5000 errors and 30 s, a day has seven.
                let daemon = try await replica.daemon(
                    keys: Scenario.flushOnly + [
                        #"load_balancers = ["\#(Scenario.balancer)"]"#, "errors_per_health_check = 1000",
                        #"assumed_health_check_interval = "5s""#,
                    ]
                )
                let flushes: Double = TestExtent.isQuick ? 7 : 24
                // Ends with this scope.
                async let _ = replica.load(2, for: .seconds(240))
                try await waitUntil(deadline: .seconds(240), "a day's flushes are sent") {
                    daemon.metric(#"hostcached_flushes_total{server="orders",trigger="schedule"}"#) ?? 0
                        >= flushes
                }
                _ = try await source.sql("INSERT INTO app.t VALUES (1)")
                try await daemon.stop()
                let raising = try await replica.beside.daemon()
                try await waitUntil("the limit is raised") {
                    raising.metric(#"hostcached_max_connect_errors{server="orders"}"#) == 5000
                }
                try await raising.stop()

                #expect(daemon.audit.filter { $0.contains(#""result":"failed""#) } == [])
                #expect(try replica.changes().count { $0 == replica.flush } >= Int(flushes))
                try await untilCaughtUp(kind, source, replica.server)
                // What makes the line above able to fail.
                _ = try await replica.server.sql(kind.errantTransaction)
                let executed = try await source.sql(kind.executed)
                #expect(try await replica.server.sql(kind.executed) != executed)
            }
        }
    }

    /// Waits until both have executed the same transactions: with one more, the replica never gets there.
    private func untilCaughtUp(
        _ kind: ThrowawayServer.Kind,
        _ source: ThrowawayServer,
        _ replica: ThrowawayServer
    ) async throws {
        try await waitUntil("the replica has executed what the source has, and nothing else") {
            let executed = try await source.sql(kind.executed)
            let own = try await replica.sql(kind.executed)
            return !executed.isEmpty && own == executed
        }
    }
}

extension ThrowawayServer.Kind {
    /// Options of both ends; the replica is made read-only when it replicates.
    fileprivate func replication(serverID: Int) -> [String] {
        let shared = ["--log-bin", "--server-id=\(serverID)", "--log-slave-updates"]
        return switch flavour {
        case .mariadb: shared + ["--gtid-strict-mode=ON"]
        case .mysql:
            ["--log-bin", "--server-id=\(serverID)", "--gtid-mode=ON", "--enforce-gtid-consistency=ON"]
        }
    }

    /// Lets `replica` replicate from `source` by GTIDs, and lets nobody write to it.
    fileprivate func replicate(_ source: ThrowawayServer, to replica: ThrowawayServer) async throws {
        let account = "CREATE USER repl@'%' IDENTIFIED BY 'repl'; GRANT REPLICATION SLAVE ON *.* TO repl@'%'"
        _ = try await source.sql(account)
        switch flavour {
        case .mariadb:
            _ = try await replica.sql(
                """
                CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = \(source.port), MASTER_USER = 'repl',
                MASTER_PASSWORD = 'repl', MASTER_USE_GTID = slave_pos; START SLAVE; SET GLOBAL read_only = ON
                """
            )
        case .mysql:
            _ = try await replica.sql(
                """
                CHANGE REPLICATION SOURCE TO SOURCE_HOST = '127.0.0.1', SOURCE_PORT = \(source.port),
                SOURCE_USER = 'repl', SOURCE_PASSWORD = 'repl', SOURCE_AUTO_POSITION = 1,
                GET_SOURCE_PUBLIC_KEY = 1; START REPLICA; SET GLOBAL super_read_only = ON
                """
            )
        }
    }

    /// Asks for the executed set.
    fileprivate var executed: String {
        switch flavour {
        // The position of every domain and server that has written to this server's log.
        case .mariadb: "SELECT @@global.gtid_binlog_state"
        case .mysql: "SELECT @@global.gtid_executed"
        }
    }

    /// What the daemon must never do: a transaction of the replica's own.
    fileprivate var errantTransaction: String {
        switch flavour {
        case .mariadb: "FLUSH HOSTS"
        case .mysql: "SET GLOBAL super_read_only = OFF; CREATE DATABASE errant"
        }
    }
}
