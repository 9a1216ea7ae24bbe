import Configuration
import Daemon
import HostCacheCore
import Logging
import Secrets
import SigV4
import TestSamples
import TestSupport
import TestTraits
import Testing

/// Somebody sets the interval back, on a day that passes in seconds.
@Suite(.tags(.realTime), .timeLimit(.minutes(5)))
struct DriftTests {
    /// An hour of the daemon's time passes in ten seconds; in one, the ten seconds that a look counts for would be
    /// less than an answer takes on a busy machine.
    private static let timeScale = 360

    private static let credentials = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        sessionToken: nil
    )
    private static let arn =
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/73e2d6bc24d8a067"

    private static func fastClock() -> Timekeeper {
        let live = Timekeeper.live()
        return Timekeeper(
            now: { live.now() * timeScale },
            wall: { live.wall() },
            sleep: { try await live.sleep($0 / timeScale) }
        )
    }

    private static func configuration(_ endpoint: String) throws -> DaemonConfiguration {
        try .sample(
            """
            mode = "enforce"
            [aws]
            endpoint_url = "\(endpoint)"
            [[server]]
            name = "orders"
            host = "db.example.com"
            user = "watch"
            """
        )
    }

    @Test func `it is corrected twice a day, and then reported`() async throws {
        let folder = try TemporaryFolder("drift")
        try await FakeAWS.with(accepting: [Self.credentials], now: WallTime.now) { fake in
            let target = TargetGroupState.Target(id: "10.0.9.17")
            await fake.put(TargetGroupState(arn: Self.arn, targets: [target]))
            let lines = LogLines()
            let fast = Self.fastClock()
            let records = RecordKeeper(
                directory: folder.path,
                patience: .seconds(60),
                timekeeper: fast,
                logger: lines.logger
            )
            _ = try await records.load()
            let board = StatusBoard(
                [],
                targetGroups: [TargetGroupStatus(arn: Self.arn, wanted: .seconds(300))]
            )
            let loop = TargetGroupLoop(
                arn: Self.arn,
                policy: .sample(),
                port: try .elbv2(
                    try Self.configuration(fake.endpoint).aws,
                    environment: [
                        "AWS_ACCESS_KEY_ID": Self.credentials.accessKeyID,
                        "AWS_SECRET_ACCESS_KEY": Self.credentials.secretAccessKey.reveal(),
                    ],
                    timekeeper: .live()
                ),
                records: records,
                intervals: IntervalBoard(),
                board: board,
                timekeeper: fast,
                logger: lines.logger
            )
            try await withThrowingTaskGroup { group in
                group.addTask { await loop.run() }
                for changes in 1...3 {
                    // Set and read back: before that it would not count as set.
                    try await waitUntil(
                        deadline: .seconds(120),
                        "the interval is set for the \(changes). time"
                    ) {
                        let made = await fake.requests.count { $0.action == "ModifyTargetGroup" }
                        return made == changes && board.targetGroups.first?.interval == .seconds(300)
                    }
                    await fake.put(TargetGroupState(arn: Self.arn, targets: [target]))
                }
                try await waitUntil("it is only reported") { board.targetGroups.first?.held == "latched" }
                group.cancelAll()
            }
            let changes = await fake.requests.filter { $0.action == "ModifyTargetGroup" }
            #expect(changes.count == 3)
            #expect(await fake.interval(of: Self.arn) == .seconds(30))
            #expect(board.targetGroups.first?.drifts == true)
            let audit = try #require(TextFile.read(folder.file("audit.jsonl"))).split(separator: "\n")
            #expect(
                audit.filter { $0.contains(#""phase":"outcome""#) && $0.contains(#""result":"ok""#) }.count
                    == 3
            )
            #expect(audit.filter { $0.contains(#""detail":"latched""#) }.count == 1)
        }
    }
}
