import Daemon
import FoundationEssentials
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct MetricsWriterTests {
    private let folder: TemporaryFolder
    private let lines = LogLines()
    private let clock = ManualClock()
    private let board = StatusBoard([.untried()])

    init() throws {
        folder = try TemporaryFolder("metrics")
    }

    private var path: String { folder.file("hostcached.prom") }

    /// Runs a writer until it sleeps for the first time, then `body`, then cancels it and waits for its end.
    private func run(
        path: String? = nil,
        isKeptAtStop: Bool = false,
        timekeeper: Timekeeper? = nil,
        _ body: () async throws -> Void = {}
    ) async throws {
        let writer = MetricsWriter(
            path: path ?? self.path,
            isKeptAtStop: isKeptAtStop,
            board: board,
            timekeeper: timekeeper ?? .manual(clock),
            logger: lines.logger
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await writer.run() }
            await clock.untilSleeping()
            try await body()
            group.cancelAll()
            try await group.waitForAll()
        }
    }

    private func pass(_ seconds: Int) async {
        for _ in 0..<seconds {
            clock.advance(by: .seconds(1))
            await clock.untilSleeping()
        }
    }

    /// Seconds since the clock's zero at which the file says it was written; nil while there is none.
    private var writtenAt: Int? {
        TextFile.read(path)?.split(separator: "\n")
            .first { $0.hasPrefix("hostcached_last_write_timestamp_seconds ") }
            .flatMap { Int($0.split(separator: " ")[1]) }
            .map { $0 - 1_795_400_000 }
    }

    @Test func `writes at once, and without a change again after sixty seconds`() async throws {
        try await run {
            #expect(writtenAt == 0)
            await pass(59)
            #expect(writtenAt == 0)
            await pass(1)
            #expect(writtenAt == 60)
            await pass(59)
            #expect(writtenAt == 60)
        }
    }

    @Test func `a change is written within a second, and many at once`() async throws {
        try await run {
            await pass(10)
            for check in 1...5 { board.update("orders") { $0.checks = UInt64(check) } }
            #expect(writtenAt == 0)
            await pass(1)
            #expect(writtenAt == 11)
            #expect(
                TextFile.read(path)?.contains("hostcached_server_checks_total{server=\"orders\"} 5\n") == true
            )
            await pass(1)
            #expect(writtenAt == 11)
        }
    }

    @Test(arguments: [(100, 1000), (101, 1010), (500, 5000)])
    func `a write of more than 100 ms is not repeated before ten times that`(
        _ took: Int,
        _ gap: Int
    ) async throws {
        var timekeeper = Timekeeper.manual(clock)
        // Asked for once in each write.
        timekeeper.wall = { [clock] in
            clock.advance(by: .milliseconds(took))
            return Timekeeper.wallAtZero
        }
        try await run(timekeeper: timekeeper) {
            #expect(clock.remainingSleeps == [.milliseconds(gap)])
        }
    }

    @Test func `the file is for everybody to read`() async throws {
        try await run {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o644)
        }
    }

    @Test func `nothing is left at the end`() async throws {
        try await run { #expect(writtenAt == 0) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        #expect(lines.taken() == [])
    }

    @Test func `a file that systemd removes stays at the end`() async throws {
        try await run(isKeptAtStop: true) { #expect(writtenAt == 0) }
        #expect(writtenAt == 0)
    }

    @Test(
        arguments: [
            ("/run/hostcached/metrics", true), ("/run/other:/run/hostcached/metrics", true),
            ("/run/hostcached", true), ("/run/hostcached/metric", false), ("/run/other", false), ("", false),
            (nil, false),
        ] as [(String?, Bool)]
    )
    func `a file is systemd's to remove below a folder that it made`(_ folder: String?, _ isSystemds: Bool) {
        let environment = folder.map { ["RUNTIME_DIRECTORY": $0] } ?? [:]
        let path = "/run/hostcached/metrics/hostcached.prom"
        #expect(MetricsWriter.isSystemds(path, environment: environment) == isSystemds)
    }

    @Test func `a disk that refuses is told once, then that it takes again`() async throws {
        let later = folder.file("later")
        try await run(path: later + "/hostcached.prom") {
            await pass(3)
            try FileManager.default.createDirectory(atPath: later, withIntermediateDirectories: false)
            await pass(3)
        }
        #expect(
            lines.taken() == [
                "<3>metrics file cannot be written, servers are protected all the same error=\"cannot open the "
                    + "folder of \(later)/hostcached.prom: No such file or directory (errno 2)\" "
                    + "path=\(later)/hostcached.prom",
                "<5>metrics file can be written again path=\(later)/hostcached.prom",
            ]
        )
    }
}
