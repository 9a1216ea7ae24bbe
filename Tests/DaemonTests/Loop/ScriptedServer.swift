import Daemon
import HostCacheCore
import Synchronization
import TestSamples
import TestSupport

/// A server in memory: it flushes, raises and fails as a test tells it, and keeps what was asked of it.
final class ScriptedServer: Sendable {
    /// What becomes of a statement.
    enum Answer: Sendable {
        case works
        /// Success is reported and nothing happens.
        case hasNoEffect
        /// It is not run.
        case fails(any Error)
        /// It is run, and the answer is lost.
        case worksAndFails(any Error)
    }

    /// What flushes a MySQL server first.
    static let resize = "SET GLOBAL host_cache_size = @@global.host_cache_size"

    struct State: Sendable {
        var identity = "8f2b6c1a"
        var settings: ServerSettings
        var rows: [HostCacheRow]
        var abortedConnects: UInt64 = 0
        var privileges = Privileges.unknown
        var flushCommands: UInt64 = 0
        /// Whether the rows can be read; where not, a look has none.
        var reading = RowReading.complete
        /// Every call, in order: `connect`, `look`, a statement, `close`.
        var calls: [String] = []
        /// What becomes of the next connects, looks and statements; then all work.
        var connects: [any Error] = []
        /// How long a login takes.
        var loginTime = Duration.zero
        var looks: [(any Error)?] = []
        var answers: [Answer] = []
        /// Who holds the lock; asking is no call, so that the calls are those of a daemon alone.
        var leadership = Leadership.holder
        /// How often the lock was asked for.
        var seeks = 0
        /// What becomes of the next asking.
        var leadershipFailure: (any Error)?
        /// Called when the lock is asked for.
        var onSeek: @Sendable () -> Void = {}
        /// Called when a statement comes, before it is run.
        var onStatement: @Sendable (String) -> Void = { _ in }
    }

    private let state: Mutex<State>
    private let clock: ManualClock

    init(_ settings: ServerSettings, _ rows: [HostCacheRow], clock: ManualClock) {
        state = Mutex(State(settings: settings, rows: rows))
        self.clock = clock
    }

    /// Changes what the server is or does from here on.
    func change(_ body: (inout State) -> Void) {
        state.withLock { body(&$0) }
    }

    /// The calls since the last call of this, in order.
    func takenCalls() -> [String] {
        state.withLock { state in
            defer { state.calls = [] }
            return state.calls
        }
    }

    var port: ServerPort {
        ServerPort {
            try self.connect()
            return ServerConnection(
                observe: { try self.observe() },
                execute: { try self.execute($0) },
                seekLeadership: { try self.seekLeadership() },
                leader: { self.leader },
                close: { self.change { $0.calls.append("close") } },
                peer: "10.0.0.1"
            )
        }
    }

    private func connect() throws {
        try state.withLock { state in
            state.calls.append("connect")
            clock.advance(by: state.loginTime)
            guard state.connects.isEmpty else { throw state.connects.removeFirst() }
        }
    }

    /// How often the lock was asked for.
    var seeks: Int { state.withLock(\.seeks) }

    private var leader: String? {
        guard case .follower(let connection?) = state.withLock(\.leadership) else { return nil }
        return "connection \(connection) of hostcached@10.0.0.7:40112"
    }

    private func seekLeadership() throws -> Leadership {
        state.withLock(\.onSeek)()
        return try state.withLock { state in
            state.seeks += 1
            if let failure = state.leadershipFailure {
                state.leadershipFailure = nil
                throw failure
            }
            return state.leadership
        }
    }

    private func observe() throws -> Observation {
        try state.withLock { state in
            state.calls.append("look")
            if !state.looks.isEmpty, let failure = state.looks.removeFirst() { throw failure }
            let now = clock.now.offset
            var seen = Observation(
                instant: now,
                identity: state.identity,
                uptime: .seconds(10_000) + now,
                serverSecond: 1000 + now.wholeSeconds,
                settings: state.settings,
                rows: state.reading.isUnreadable ? [] : state.rows,
                abortedConnects: state.abortedConnects
            )
            seen.privileges = state.privileges
            seen.reading = state.reading
            seen.flushCommands = state.flushCommands
            return seen
        }
    }

    private func execute(_ sql: String) throws {
        let onStatement = state.withLock { state in
            state.calls.append(sql)
            return state.onStatement
        }
        onStatement(sql)
        try state.withLock { state in
            switch state.answers.isEmpty ? .works : state.answers.removeFirst() {
            case .works: state.run(sql)
            case .hasNoEffect: break
            case .fails(let error): throw error
            case .worksAndFails(let error):
                state.run(sql)
                throw error
            }
        }
    }
}

extension ScriptedServer.State {
    fileprivate mutating func run(_ sql: String) {
        if sql.hasPrefix("SET "), let limit = sql.split(separator: " ").last.flatMap({ UInt64($0) }) {
            settings.maxConnectErrors = limit
        } else {
            rows = []
            if sql.hasPrefix("FLUSH ") { flushCommands += 1 }
        }
    }
}

extension ServerFailure {
    static func refused(_ code: UInt32) -> ServerFailure {
        ServerFailure(
            .privilege,
            code: code,
            message: "query failed: no (error \(code), SQLSTATE 42000)",
            outcomeIsUnknown: false,
            losesConnection: false
        )
    }

    /// The connection broke while a statement ran.
    static let lost = ServerFailure(
        .connect,
        code: nil,
        message: "query failed: Lost connection (error 2013, SQLSTATE HY000)",
        outcomeIsUnknown: true,
        losesConnection: true
    )

    static let unreachable = ServerFailure(
        .connect,
        code: nil,
        message: "connect to db:3306 failed: refused (error 2002, SQLSTATE HY000)",
        outcomeIsUnknown: false,
        losesConnection: false
    )
}
