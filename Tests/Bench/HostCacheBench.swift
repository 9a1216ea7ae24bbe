import Daemon
import FoundationEssentials
import Glibc
import TestSupport

/// Reading and judging the fullest host cache a server can have, beside the `mariadb` client that only reads it.
///
/// Each side is one process from its start to its end, measured in turns on the same server; what counts is the
/// ratio of their processor times, and the memory of ours.
enum HostCacheBench {
    /// The largest `host_cache_size` of both flavours.
    static let rows = 65_536
    static let rounds = 7

    static func run() async throws {
        let options = ["--host-cache-size=\(rows)", "--max-connections=500", "--general-log=0"]
        // A real name service would be asked 65,536 questions.
        try await ThrowawayServer.with(.mariadb, options: options, names: .nameless) { server in
            print("filling the host cache of \(server.version) with \(rows) rows …")
            try await fill(server)
            var client: [Duration] = []
            var ours: [Duration] = []
            for _ in 0..<rounds {
                client.append(try await processorTime { try await select(from: server) })
                ours.append(try await processorTime { _ = try await look(at: server, times: 1) })
            }
            print("mariadb client: \(client.median.milliseconds) ms of processor time, median of \(rounds)")
            print("hostcached:     \(ours.median.milliseconds) ms, to read and to judge")
            let percent = ours.median.milliseconds * 100 / max(1, client.median.milliseconds)
            print("ratio:          \(percent) % (150 % allowed)")
            print("several looks of one process:")
            print(try await look(at: server, times: 5))
        }
    }

    /// One handshake error from each of so many loopback addresses.
    private static func fill(_ server: ThrowawayServer) async throws {
        // 127.16.0.0 and on: away from the addresses that tests use.
        let nodes = (0..<rows).map { "127.\(16 + $0 / 65_536).\($0 / 256 % 256).\($0 % 256)" }
        let workers = 8
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<workers {
                let part = stride(from: worker, to: nodes.count, by: workers).map { nodes[$0] }
                let checker = HealthChecker(
                    target: server.port,
                    from: part,
                    connectionsPerCheck: 1,
                    interval: { .seconds(1) }
                )
                group.addTask { await checker.check() }
            }
        }
        try await waitUntil(deadline: .seconds(60), "the server has counted all of them") {
            try await server.sql(
                "SELECT COUNT(*) FROM performance_schema.host_cache WHERE COUNT_HANDSHAKE_ERRORS > 0"
            ) == "\(rows)"
        }
    }

    private static func select(from server: ThrowawayServer) async throws {
        _ = try await ChildProcess.run(
            "mariadb",
            [
                "--no-defaults", "--host=127.0.0.1", "--port=\(server.port)", "--user=hostcached",
                "--password=watch", "--batch", "--skip-column-names", "--execute=\(ObservationReader.rows)",
            ]
        )
    }

    private static func look(at server: ThrowawayServer, times: Int) async throws -> String {
        let program = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return try await ChildProcess.run(program, ["look", "\(server.port)", "\(times)"])
    }

    /// Processor time of the processes that `body` starts and waits for.
    private static func processorTime(_ body: () async throws -> Void) async throws -> Duration {
        let before = ProcessorTime.ofChildren
        try await body()
        return ProcessorTime.ofChildren - before
    }
}

extension [Duration] {
    fileprivate var median: Duration { sorted()[count / 2] }
}
