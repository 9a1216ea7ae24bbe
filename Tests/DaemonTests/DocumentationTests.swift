import Configuration
import Daemon
import FoundationEssentials
import HostCacheCore
import MariaDBClient
import TestSupport
import Testing

/// Holds the documents to what the program says and sends.
@Suite struct DocumentationTests {
    @Test func `findings.md has a section for every code`() throws {
        let sections = try document("docs/findings.md").split(separator: "\n")
            .filter { $0.hasPrefix("## ") }
            .map { String($0.dropFirst(3)) }
        #expect(sections == Finding.Code.allCases.map(\.rawValue))
    }

    @Test func `audit.md has every key`() throws {
        let documented = try document("docs/audit.md").split(separator: "\n")
            .compactMap { $0.hasPrefix("| `") ? $0.split(separator: "`")[1] : nil }
        #expect(try documented.map(String.init).sorted() == Keys.of(AuditEntry.whole).sorted())
    }

    @Test func `log.md has every key`() throws {
        let rows = try document("docs/log.md").split(separator: "\n").filter { $0.hasPrefix("| `") }
        let documented = rows.flatMap { row in
            row.split(separator: "|")[0].split(separator: "`").filter { $0.contains(/\w/) }.map(String.init)
        }
        #expect(documented.sorted() == LogKey.allCases.map(\.rawValue).sorted())
    }

    @Test func `audit.md says when files are moved aside, and how many are kept`() throws {
        let text = try document("docs/audit.md")
        let whole = (AuditFile.kept + 1) * (AuditFile.usualSize >> 20)
        #expect(text.contains("has reached \(AuditFile.usualSize >> 20) MiB"))
        #expect(text.contains("to `audit.jsonl.\(AuditFile.kept)`"))
        #expect(text.contains("about \(whole) MiB"))
    }

    @Test func `the README shows every statement that is sent`() throws {
        let blocks = try blocks("sql", of: "README.md")
        let shown = blocks.prefix(7).joined(separator: " ").split(separator: ";")
            .map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
            .filter { !$0.isEmpty }
        let raises = [RaiseStatement.persist, .global].map { $0.sql(limit: Policy().wantedLimit) }
        let flushes = [
            FlushStatement.resize.sql, Session.lockBound, FlushStatement.truncate.sql,
            FlushStatement.flush.sql,
        ]
        let session = KnownSession(queryTimeout: .seconds(5), idleLimit: Policy().idleLimit)
        let looks = ObservationReader.statements + ObservationReader.privilegeStatements
        let locks = LeadershipLock.questions + [LeadershipLock.take]
        let ghosts = [Ghosts.uptime, Ghosts.list([17])]
        #expect(
            shown == [session.statement] + looks + locks + raises + flushes + ghosts + [
                LockHolders.statement, ObservationReader.build,
            ]
        )
    }

    @Test(arguments: [
        ("README.md", "orders: orders.example.com:3306, observe, limit 5000"),
        ("docs/operations.md", "orders: orders.abc.us-east-1.rds.amazonaws.com:3306, observe, limit 5000"),
    ])
    func `the configuration that a page shows loads`(_ page: String, _ effective: String) throws {
        let text = try #require(blocks("toml", of: page).first)
        let surroundings = Surroundings(
            readFile: { path throws(FileFailure) in
                guard path == DaemonConfiguration.defaultPath else { throw .missing }
                return Array(text.utf8)
            },
            listFolder: { _ throws(FileFailure) in throw .missing },
            fileMode: { _ in 0o640 },
            environment: { _ in nil }
        )
        let loaded = try ConfigurationLoader.load(
            path: DaemonConfiguration.defaultPath,
            surroundings: surroundings
        )
        #expect(loaded.effective == effective)
    }

    @Test(arguments: ["mysql", "mariadb"])
    func `the README shows the grants of the files`(_ flavour: String) throws {
        let statements = { (text: String) in
            text.split(separator: "\n").compactMap { line -> String? in
                let isStatement = line.hasPrefix("CREATE") || line.hasPrefix("GRANT")
                return isStatement ? line.split(separator: ";").first.map(String.init) : nil
            }
        }
        let file = try statements(document("config/grants/\(flavour).sql"))
        #expect(try blocks("sql", of: "README.md").map(statements).contains(file))
    }

    @Test func `the README shows every AWS call and the policy that allows it`() throws {
        let calls = try document("README.md").split(separator: "\n")
            .filter { $0.hasPrefix("| `Describe") || $0.hasPrefix("| `Modify") }
            .map { "elasticloadbalancing:\($0.split(separator: "`")[1])" }
        #expect(calls.count == 4)
        #expect(try actions("config/iam/observe.json") == [Array(calls.prefix(3))])
        #expect(try actions("config/iam/enforce.json") == [Array(calls.prefix(3)), Array(calls.suffix(1))])
        #expect(try blocks("json", of: "README.md") == [document("config/iam/enforce.json")])
    }

    /// What each statement of an IAM policy allows.
    private func actions(_ path: String) throws -> [[String]] {
        let policy = try JSONDecoder().decode(AccessPolicy.self, from: Data(document(path).utf8))
        return policy.statements.map(\.actions)
    }

    private func document(_ path: String) throws -> String {
        String(decoding: try Surroundings.live.readFile("\(PackageFolder.path)/\(path)"), as: UTF8.self)
    }

    /// The fenced blocks of one language, in their order.
    private func blocks(_ language: String, of path: String) throws -> [String] {
        try document(path).split(separator: "```\(language)\n").dropFirst()
            .compactMap { $0.split(separator: "```").first.map(String.init) }
    }
}

extension FileFailure {
    /// No such file or folder: ENOENT.
    fileprivate static let missing = FileFailure(code: 2)
}

/// An IAM policy, as far as the documents say it.
private struct AccessPolicy: Decodable {
    let statements: [Statement]

    struct Statement: Decodable {
        let actions: [String]

        private enum CodingKeys: String, CodingKey {
            case actions = "Action"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case statements = "Statement"
    }
}

/// Any JSON object, for the names of its keys.
private struct Keys: Decodable {
    let names: Set<String>

    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    init(from decoder: any Decoder) throws {
        names = Set(try [String: Anything](from: decoder).keys)
    }

    /// The keys that `value` is written with.
    static func of(_ value: some Encodable) throws -> Set<String> {
        try JSONDecoder().decode(Keys.self, from: JSONEncoder().encode(value)).names
    }
}

extension AuditEntry {
    /// An entry that has everything.
    fileprivate static var whole: AuditEntry {
        var entry = AuditEntry(.outcome, id: "", server: "", identity: "", action: "", time: "")
        entry.targetGroup = ""
        entry.trigger = ""
        entry.statement = ""
        entry.limitBefore = 0
        entry.limitAfter = 0
        entry.intervalBeforeSeconds = 0
        entry.intervalAfterSeconds = 0
        entry.hosts = []
        entry.hostsOmitted = 0
        entry.result = .ok
        entry.detail = ""
        return entry
    }
}
