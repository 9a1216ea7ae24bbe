import MariaDBClient
import Secrets
import SigV4
import TestSupport

/// The main job on a throw-away server, step by step; everything is real but the load balancer.
struct Demo {
    private let server: ThrowawayServer
    private let folder: TemporaryFolder
    private let checker: HealthChecker
    private let aws: FakeAWS

    /// The load balancer's nodes; `127.0.0.1` would never be counted.
    private static let nodes = ["127.0.0.2", "127.0.0.3"]
    /// One health check every half second stands for one every 30 s.
    private static let timeScale = 60.0
    private static let targetGroup =
        "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/orders/73e2d6bc24d8a067"
    private static let credentials = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE",
        secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        sessionToken: nil
    )

    /// Runs the whole demo and leaves no process or file behind.
    static func run() async throws {
        try await ThrowawayServer.with(.mariadb) { server in
            try await FakeAWS.with(accepting: [credentials], now: WallTime.now) { aws in
                let target = TargetGroupState.Target(id: "127.0.0.1", port: server.port)
                await aws.put(TargetGroupState(arn: targetGroup, port: server.port, targets: [target]))
                // It asks before each pause, so what is set there really slows the checks.
                let checker = HealthChecker(
                    target: server.port,
                    from: nodes,
                    connectionsPerCheck: 6,
                    timeScale: timeScale,
                    interval: { await aws.interval(of: targetGroup) }
                )
                let demo = Demo(
                    server: server,
                    folder: try TemporaryFolder("demo"),
                    checker: checker,
                    aws: aws
                )
                try await withThrowingTaskGroup { group in
                    group.addTask { await checker.run() }
                    try await demo.steps()
                    group.cancelAll()
                }
            }
        }
    }

    private var keys: String {
        """
        load_balancers = [\(Self.nodes.map { "\"\($0)\"" }.joined(separator: ", "))]
        target_groups = ["\(Self.targetGroup)"]
        """
    }

    private var environment: [String: String] {
        [
            "AWS_ACCESS_KEY_ID": Self.credentials.accessKeyID,
            "AWS_SECRET_ACCESS_KEY": Self.credentials.secretAccessKey.reveal(),
            "AWS_ENDPOINT_URL": aws.endpoint,
        ]
    }

    private func steps() async throws {
        try DaemonProcess.writeConfiguration(forPort: server.port, mode: "enforce", keys: keys, in: folder)

        step("A load balancer checks \(server.version) by TCP, 60 times as fast as every 30 s")
        try await waitUntil("an address is blocked") {
            await !checker.tally.refused1129.isEmpty
        }
        step("A login from the load balancer's address \(Self.nodes[0])")
        guard let refusal = await login() else { throw DemoFailure("the login was not refused") }
        say(refusal)

        step("What is wrong?")
        try await diagnose(expecting: 2)

        step("The daemon, in enforce; the health checks go on")
        say("$ hostcached run --config hostcached.toml &")
        let limitBefore = try await server.sql("SELECT @@global.max_connect_errors")
        let intervalBefore = await aws.interval(of: Self.targetGroup)
        let often = try await checksInFiveSeconds()
        let daemon = try await DaemonProcess(in: folder, environment: environment)
        try await waitUntil("the login works") { await login() == nil }
        say("login from \(Self.nodes[0]): works")
        let limitAfter = try await server.sql("SELECT @@global.max_connect_errors")
        say("max_connect_errors: \(limitBefore) -> \(limitAfter)")
        try await waitUntil("the interval is set") {
            await aws.interval(of: Self.targetGroup) == .seconds(300)
        }
        say("health-check interval: \(intervalBefore.components.seconds) s -> 300 s")
        // The check that was due when the interval changed.
        try await Task.sleep(for: .seconds(1))
        let seldom = try await checksInFiveSeconds()
        // One that was under way, and one five seconds later: a busy machine makes fewer, never more.
        guard seldom <= 2 else { throw DemoFailure("\(often) checks, then still \(seldom)") }
        say("health checks in 5 min of the load balancer's time: \(often) before, \(seldom) now")
        if let refusal = await login() { throw DemoFailure("the login was refused again: \(refusal)") }
        say("login from \(Self.nodes[0]): still works, the health checks go on")
        say("its log:")
        for line in daemon.log { say("  " + line) }

        step("Its metrics file")
        try await waitUntil("the metrics show the new limit") {
            daemon.metric("hostcached_max_connect_errors{server=\"orders\"}") == 5000
        }
        for line in (daemon.metricsText ?? "").split(separator: "\n") where !line.hasPrefix("#") { say(line) }

        step("What is wrong now?")
        try await diagnose(expecting: 0)
        try await daemon.stop()
    }

    /// Five seconds of ours are five minutes of the load balancer's time.
    private func checksInFiveSeconds() async throws -> Int {
        let before = await checker.tally.checks
        try await Task.sleep(for: .seconds(5))
        return await checker.tally.checks - before
    }

    /// Logs in from the first node's address as an application does; what the server said, or nil.
    private func login() async -> String? {
        do {
            let session = try await Session.connect(
                to: Endpoint(
                    address: .tcp(host: "127.0.0.1", port: server.port),
                    tls: .disabled,
                    sourceAddress: Self.nodes[0],
                    connectTimeout: .seconds(30),
                    queryTimeout: .seconds(30)
                ),
                as: Login(user: "app", password: Secret("app"))
            )
            await session.close()
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func diagnose(expecting expected: Int32) async throws {
        say("$ hostcached diagnose --config hostcached.toml")
        let process = try await ChildProcess.start(
            BuiltProduct.hostcached,
            ["diagnose", "--config", folder.file("hostcached.toml")],
            environment: environment
        )
        let status = try await process.wait()
        say(process.standardOutput + process.standardError)
        guard case .code(let code) = status, code == expected else {
            throw DemoFailure("diagnose ended with \(status), not \(expected)")
        }
        say("exit code \(code)")
    }

    private func step(_ title: String) {
        say("\n== \(title)")
    }

    private func say(_ text: some StringProtocol) {
        print(text)
    }
}

/// Something did not go as shown.
struct DemoFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
