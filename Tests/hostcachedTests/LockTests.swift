import FoundationEssentials
import MariaDBClient
import TestSupport
import TestTraits
import Testing

/// Locks at a MySQL that keep `TRUNCATE` waiting, and what everybody else notices of it.
///
/// Seconds each; `make locks` holds each for minutes. MariaDB flushes by a statement that waits for none of them.
@Suite(.tags(.server, .realTime), .timeLimit(.minutes(6 + 4 * LockTime.minutes)))
struct LockTests {
    /// What somebody else does.
    enum Lock: CaseIterable {
        /// xtrabackup and the dumps of MySQL Shell.
        case backup
        /// mysqldump with `--lock-all-tables`, and many a script.
        case allTables
        /// A client with autocommit off that has looked at the host cache.
        case openTransaction

        var statements: [String] {
            switch self {
            case .backup: ["LOCK INSTANCE FOR BACKUP"]
            case .allTables: ["FLUSH TABLES WITH READ LOCK"]
            case .openTransaction: ["BEGIN", "SELECT COUNT(*) FROM performance_schema.host_cache"]
            }
        }
    }

    /// What the daemon's account may do.
    enum Account: CaseIterable {
        /// All that `hostcached grants` says, with every default.
        case usual
        /// The same, with a limit that is left alone.
        case flushing
        /// Nothing but `TRUNCATE`, as on RDS.
        case truncating

        var keys: [String] {
            let balancer = #"load_balancers = ["\#(Scenario.balancer)"]"#
            return switch self {
            case .usual: [balancer]
            case .flushing: [balancer, #"raise_with = "never""#, #"check_interval = "1s""#]
            case .truncating: [balancer, #"check_interval = "1s""#, #"min_flush_gap = "5s""#]
            }
        }

        var grants: [String] {
            guard self == .truncating else { return [] }
            return [
                "GRANT DROP ON performance_schema.host_cache TO 'hostcached'@'%'",
                "REVOKE SYSTEM_VARIABLES_ADMIN ON *.* FROM 'hostcached'@'%'",
            ]
        }
    }

    /// `query_timeout`'s default, in seconds as the server counts them.
    private static let queryTimeout = 5

    @Test(arguments: Account.allCases)
    func
        `no lock of others costs sessions, holds up others or keeps an address out for longer than it is held`(
            _ account: Account
        ) async throws
    {
        try await Scenario.with(.mysql, options: ["--max-connections=12"]) { scenario in
            for statement in account.grants { _ = try await scenario.server.sql(statement) }
            for lock in Lock.allCases {
                _ = try await scenario.server.sql(
                    "SET GLOBAL max_connect_errors = 100; RESET PERSIST IF EXISTS max_connect_errors"
                )
                try await scenario.block()
                try await Self.hold(lock, account, on: scenario.beside)
            }
        }
    }

    /// Holds a lock while a daemon meets a blocked address, and watches the server meanwhile.
    private static func hold(_ lock: Lock, _ account: Account, on scenario: Scenario) async throws {
        let holder = try await scenario.administrator()
        for statement in lock.statements { _ = try await holder.query(statement) }
        let daemon = try await scenario.daemon(keys: account.keys)
        if account != .truncating {
            try await waitUntil("the address is free while \(lock) is held") { await scenario.login() == nil }
        }
        async let selects = scenario.slowestSelect(for: LockTime.span)
        async let logins = scenario.failedLogins(for: LockTime.span)
        let watched = try await scenario.watch(for: LockTime.span)
        let (slowest, failed) = (try await selects, await logins)
        LockTime.report("\(account), \(lock)", "\(watched), another's SELECT \(slowest) at most")
        #expect(watched.mostSessions <= 2, "\(lock)")
        #expect(watched.longestWait <= queryTimeout, "\(lock)")
        #expect(failed == [], "\(lock)")
        #expect(slowest <= LockTime.longestSelect, "\(lock)")

        await holder.close()
        try await waitUntil(deadline: LockTime.untilFree, "the address is free after \(lock)") {
            await scenario.login() == nil
        }
        let log = daemon.log.joined(separator: "\n")
        #expect(!log.contains("another daemon holds"), "\(lock)")
        try await daemon.stop()
    }
}

/// How long a lock is held, and how patient the test is.
private enum LockTime {
    /// What `HOSTCACHED_LOCK_MINUTES` says, `make locks`; else seconds.
    static let minutes: Int = {
        guard let text = ProcessInfo.processInfo.environment["HOSTCACHED_LOCK_MINUTES"] else { return 0 }
        guard let minutes = Int(text), minutes >= 1 else {
            fatalError("HOSTCACHED_LOCK_MINUTES is \"\(text)\", wanted a whole number from 1")
        }
        return minutes
    }()
    static let span = minutes > 0 ? Duration.seconds(60) * minutes : .seconds(TestExtent.isQuick ? 8 : 12)
    /// Another monitor's SELECT, and letting in: what is promised where a person looks, a multiple on a busy machine.
    static let longestSelect = Duration.seconds(minutes > 0 ? 2 : 8)
    static let untilFree = Duration.seconds(minutes > 0 ? 10 : 60)

    static func report(_ what: String, _ figures: String) {
        if minutes > 0 { print("locks: \(what), \(minutes) min: \(figures)") }
    }
}

/// What a server showed of the daemon's sessions.
private struct Watched: CustomStringConvertible {
    var mostSessions = 0
    /// The longest that one of them has been in a state that waits, in whole seconds.
    var longestWait = 0

    var description: String { "sessions \(mostSessions) at most, the longest wait \(longestWait) s" }
}

extension Scenario {
    /// A session of the administrator, over the socket.
    fileprivate func administrator() async throws -> Session {
        try await Session.connect(
            to: Endpoint(
                address: .socket(path: server.socketPath),
                tls: .disabled,
                sourceAddress: nil,
                connectTimeout: .seconds(30),
                queryTimeout: .seconds(60)
            ),
            as: Login(user: "root", password: nil)
        )
    }

    /// Asks for the daemon's sessions four times a second.
    fileprivate func watch(for span: Duration) async throws -> Watched {
        let session = try await administrator()
        let end = ContinuousClock.now + span
        var watched = Watched()
        while ContinuousClock.now < end {
            let row = try await session.query(
                """
                SELECT COUNT(*) AS N, COALESCE(MAX(IF(STATE LIKE 'Waiting%', TIME, 0)), 0) AS W \
                FROM performance_schema.processlist WHERE USER = 'hostcached'
                """
            ).rows.first
            watched.mostSessions = max(watched.mostSessions, try row?["N"].flatMap { Int($0) } ?? 0)
            watched.longestWait = max(watched.longestWait, try row?["W"].flatMap { Int($0) } ?? 0)
            try await Task.sleep(for: .milliseconds(250))
        }
        await session.close()
        return watched
    }

    /// Reads the host cache as another monitor does; the longest that one reading took.
    fileprivate func slowestSelect(for span: Duration) async throws -> Duration {
        let session = try await administrator()
        let end = ContinuousClock.now + span
        var slowest = Duration.zero
        while ContinuousClock.now < end {
            let begin = ContinuousClock.now
            _ = try await session.query("SELECT COUNT(*) FROM performance_schema.host_cache")
            slowest = max(slowest, ContinuousClock.now - begin)
            try await Task.sleep(for: .milliseconds(100))
        }
        await session.close()
        return slowest
    }

    /// Logs in as an application once a second, from an address that is never blocked; what went wrong.
    fileprivate func failedLogins(for span: Duration) async -> [String] {
        let end = ContinuousClock.now + span
        var failed: [String] = []
        while ContinuousClock.now < end, !Task.isCancelled {
            if let error = await login(from: nil) { failed.append("\(error)") }
            // Cancelled: the condition sees it.
            try? await Task.sleep(for: .seconds(1))
        }
        return failed
    }
}
