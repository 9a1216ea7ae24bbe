import Commands
import Daemon
import HostCacheCore
import MariaDBClient
import Secrets
import TestSupport

/// What a look, a diagnosis and a flush came to.
struct Trial: CustomStringConvertible {
    /// What could not be done, and why; nil when everything could.
    private var failure: String?
    private var facts: Facts?
    /// Every word of the diagnosis.
    private var words = ""

    /// What has to be the same.
    private struct Facts: Equatable {
        var flavour: String
        var limit: UInt64
        var spent: UInt64?
        var abortedConnects: Bool
        var findings: [String]
        var decision: String
        var flush: String
    }

    init(failure: String) {
        self.failure = failure
    }

    private init() {}

    /// The policy of every trial: a flush is due, and nothing may be raised.
    private static let policy: Policy = {
        var policy = Policy()
        policy.wantedLimit = UInt64(SweptServer.limit)
        policy.raiseWith = .never
        policy.isEnforcing = true
        policy.loadBalancers = [SweptServer.balancer]
        return policy
    }()

    /// Looks, diagnoses and flushes as the daemon and `diagnose` do.
    ///
    /// - Parameters:
    ///   - server: Prepared.
    ///   - idle: Whether to pause on the open session and look again.
    /// - Returns: What came of it, also where nothing did.
    /// - Throws: Cancellation.
    static func take(on server: SweptServer, idle: Bool = false) async throws -> Trial {
        var trial = Trial()
        let endpoint = Endpoint(
            address: .tcp(host: "127.0.0.1", port: server.server.port),
            tls: .disabled,
            sourceAddress: nil,
            connectTimeout: .seconds(30),
            queryTimeout: .seconds(30)
        )
        let connection: ServerConnection
        do {
            connection = try await .open(
                endpoint,
                as: Login(user: "hostcached", password: Secret("watch")),
                named: "sweep",
                idleLimit: .seconds(90),
                ghosts: Ghosts(),
                timekeeper: .live()
            )
        } catch {
            trial.fail("no connection", error)
            return trial
        }
        do {
            try await trial.use(connection, idle: idle)
        } catch {
            trial.fail("no look", error)
        }
        await connection.close()
        return trial
    }

    private mutating func fail(_ what: String, _ error: any Error) {
        failure = "\(what): \(error)"
        guard let error = error as? ServerFailure else { return }
        let diagnosis = Diagnosis(name: "", address: "", failure: error, user: "hostcached", wantedLimit: 5)
        words = diagnosis.words
        failure = "\(what): \(diagnosis.findings.map(\.title).joined(separator: "; "))"
    }

    private mutating func use(_ connection: ServerConnection, idle: Bool) async throws {
        if idle {
            _ = try await connection.observe()
            try await Task.sleep(for: .milliseconds(1500))
        }
        let seen = try await connection.observe()
        var controller = Controller(policy: Self.policy, memory: Memory(), counters: Counters())
        let assessment = controller.look(seen, interval: .seconds(30))
        let diagnosis = Diagnosis(
            name: "",
            address: "",
            assessment,
            seen,
            policy: Self.policy,
            interval: .seconds(30)
        )
        words = diagnosis.words
        var facts = Facts(
            flavour: "\(seen.settings.version)",
            limit: seen.limit,
            spent: seen.rows.first { $0.address == SweptServer.balancer }?.spent,
            abortedConnects: seen.abortedConnects > 0,
            findings: diagnosis.findings.map { "\($0.code.rawValue) \($0.level.rawValue)" },
            decision: "hold",
            flush: "not sent"
        )
        if case .flush(let statements, let trigger) = assessment.decision {
            facts.decision = "\(trigger) \(statements.map(\.rawValue).joined(separator: ", "))"
            facts.flush = try await Self.flush(statements, seen, assessment, connection)
        }
        self.facts = facts
    }

    private static func flush(
        _ statements: [FlushStatement],
        _ seen: Observation,
        _ assessment: Assessment,
        _ connection: ServerConnection
    ) async throws -> String {
        guard let statement = statements.first else { return "no statement" }
        do {
            try await connection.execute(statement.sql)
        } catch {
            return "refused: \(error)"
        }
        let after = try await connection.observe()
        let outcome = FlushOutcome(
            before: seen.rows,
            after: after.rows,
            flushSecond: seen.serverSecond,
            isVisible: assessment.forecast.exposure == .visible
        )
        return "\(outcome)"
    }

    /// Whether the errors were seen, and a flush was sent and verified.
    var isProtected: Bool { facts?.spent == UInt64(SweptServer.spent) && facts?.flush == "verified" }

    /// Whether all is as it was.
    func sees(as before: Trial) -> Bool { failure == nil && facts == before.facts }

    /// Whether the diagnosis names a variable.
    func names(_ variable: String) -> Bool { words.contains(variable) }

    /// What is different, in a line.
    func difference(from before: Trial) -> String {
        if let failure { return failure }
        guard let facts, let old = before.facts else { return "nothing was seen" }
        let pairs: [(String, String, String)] = [
            ("version", old.flavour, facts.flavour), ("limit", "\(old.limit)", "\(facts.limit)"),
            ("spent", old.spent.map { "\($0)" } ?? "no row", facts.spent.map { "\($0)" } ?? "no row"),
            ("aborted connects", "\(old.abortedConnects)", "\(facts.abortedConnects)"),
            ("findings", old.findings.joined(separator: ", "), facts.findings.joined(separator: ", ")),
            ("decision", old.decision, facts.decision), ("flush", old.flush, facts.flush),
        ]
        return pairs.filter { $0.1 != $0.2 }.map { "\($0.0) \($0.1) -> \($0.2)" }.joined(separator: "; ")
    }

    var description: String { failure ?? facts.map { "\($0)" } ?? "nothing" }
}

extension Diagnosis {
    /// Everything it says, for a search.
    fileprivate var words: String {
        findings.map { "\($0.title) \($0.why ?? "") \($0.fixes.map(\.text).joined(separator: " "))" }
            .joined(separator: "\n")
    }
}
