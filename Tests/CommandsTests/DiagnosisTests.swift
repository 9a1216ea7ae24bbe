import Commands
import Daemon
import HostCacheCore
import MariaDBClient
import TestSamples
import TestSupport
import Testing

struct DiagnosisTests {
    /// Diagnoses and the names of their golden files.
    struct Case: CustomTestStringConvertible, Sendable {
        var name: String
        var diagnoses: [Diagnosis]
        var verdict: Finding.Level

        var testDescription: String { name }

        func golden(_ ending: String) -> String? {
            TextFile.read(PackageFolder.path + "/Tests/CommandsTests/Golden/\(name).\(ending)")
        }
    }

    static let cases = [
        Case(name: "critical", diagnoses: [.critical], verdict: .critical),
        Case(name: "healthy", diagnoses: [.healthy], verdict: .ok),
        Case(name: "empty", diagnoses: [.empty], verdict: .ok),
        Case(name: "blind", diagnoses: [.blind], verdict: .unknown),
        Case(name: "cannot-block", diagnoses: [.cannotBlock], verdict: .ok),
        Case(name: "unreachable", diagnoses: [.unreachable], verdict: .unknown),
        Case(name: "blocked-ourselves", diagnoses: [.blockedOurselves], verdict: .critical),
        Case(name: "two-servers", diagnoses: [.healthy, .critical], verdict: .critical),
    ]

    @Test(arguments: cases) func `the text is the golden file`(sample: Case) {
        let text = DiagnosisText(sample.diagnoses, showsColour: false).description
        #expect(text + "\n" == sample.golden("txt"))
    }

    @Test(arguments: cases) func `the document is the golden file`(sample: Case) throws {
        let document = DiagnosisDocument(sample.diagnoses, generatedAt: "2026-11-23T02:13:20.000Z")
        #expect(try document.json() + "\n" == sample.golden("json"))
    }

    @Test(arguments: cases) func `the worst finding is the verdict`(sample: Case) {
        #expect(sample.diagnoses.map(\.verdict).max() == sample.verdict)
    }

    @Test func `critical is worse than unknown, unknown than warning, warning than ok`() {
        #expect(Finding.Level.allCases.sorted() == [.ok, .warning, .unknown, .critical])
        #expect(Finding.Level.allCases.sorted().map(\.exitCode) == [0, 1, 3, 2])
    }

    @Test func `colour is put around the word of the level only`() {
        let plain = DiagnosisText([.critical, .blind], showsColour: false).description
        let coloured = DiagnosisText([.critical, .blind], showsColour: true).description
        let words = [("ok  ", "32"), ("warn", "33"), ("????", "35"), ("FAIL", "31")]
        #expect(
            coloured
                == words.reduce(plain) { text, word in
                    text.replacing("\n  \(word.0)  HC", with: "\n  \u{1B}[\(word.1)m\(word.0)\u{1B}[0m  HC")
                }
        )
    }

    @Test func `what a server says ends no line and steers no terminal`() {
        var diagnosis = Diagnosis.healthy
        diagnosis.version = "9.7\r\u{9B}2J"
        diagnosis.findings = [Finding(.interval, .ok, "a\n  ok    HC201  b", why: "\u{1B}[31mc\u{202E}")]
        let lines = DiagnosisText([diagnosis], showsColour: false).description.split(separator: "\n")
        #expect(lines.first?.contains("9.7  2J") == true)
        #expect(lines.contains("  ok    HC304  a   ok    HC201  b"))
        #expect(lines.contains("        why     [31mc "))
    }

    @Test(arguments: [20, 21, 25]) func `a full host cache is cut at twenty hosts`(count: Int) {
        let rows = (1...count).map { HostCacheRow.sample("10.1.1.\($0)", spent: UInt64(100 - $0)) }
        let text = DiagnosisText([.sample("orders", .sample(), rows)], showsColour: false).description
        let table = text.split(separator: "\n").prefix { !$0.contains("HC2") }.dropFirst(2)
        #expect(table.filter { $0.hasPrefix("  10.1.1.") }.count == min(count, 20))
        let rest = table.filter { $0.hasPrefix("  and ") }.map { String($0) }
        #expect(rest == (count > 20 ? ["  and \(count - 20) more"] : []))
    }

    @Test(arguments: [1000, 1001, 1003]) func `a document holds a thousand hosts and counts the rest`(
        count: Int
    ) throws {
        let rows = (1...count).map { HostCacheRow.sample("10.1.\($0 / 256).\($0 % 256)", spent: 1) }
        let json = try DiagnosisDocument([.sample("orders", .sample(), rows)], generatedAt: "").json()
        #expect(
            json.split(separator: "\n").count { $0.contains("\"address\" : \"10.1.") } == min(count, 1000)
        )
        let omitted = json.split(separator: "\n").filter { $0.contains("\"hosts_omitted\"") }
            .map { $0.filter { $0 != " " } }
        #expect(omitted == (count > 1000 ? ["\"hosts_omitted\":\(count - 1000),"] : []))
    }

    @Test func `every address with errors is in the table, those that do not count too`() {
        var row = HostCacheRow.sample(
            "10.9.9.9",
            name: "web-1.example.com",
            spent: 1,
            firstErrorAge: .seconds(90),
            lastErrorAge: .seconds(1)
        )
        row.isValidated = false
        let rows = [row, .sample(spent: 3, firstErrorAge: .seconds(60)), .sample("10.9.9.8", spent: 0)]
        let text = DiagnosisText([.sample("orders", .sample(), rows)], showsColour: false).description
        let table = text.split(separator: "\n").dropFirst().prefix(3).map {
            $0.split(separator: "   ").map { $0.filter { $0 != " " } }.filter { !$0.isEmpty }
        }
        #expect(
            table == [
                [
                    "address", "who", "spent", "ofallerrors", "errorsacheck", "firsterror", "lasterror",
                    "blocked",
                ],
                [
                    "10.0.1.23", "loadbalancer", "3/5000", "75%", "6assumed", "1minago", "-",
                    "in6h56min25s",
                ],
                [
                    "10.9.9.9", "web-1.example.com", "0/5000", "25%", "notknownyet", "1min30sago", "1sago",
                    "never",
                ],
            ]
        )
    }

    @Test(
        arguments: [
            (.failed(.tls, "no TLS"), .encryptionFailed),
            (.failed(.auth, code: 1045, "denied"), .loginFailed),
            (.failed(.privilege, code: 1142, "denied"), .cannotRead),
            (.failed(.dns, "no such host"), .connectFailed),
            (.failed(.timeout, "no complete answer"), .connectFailed),
            (.failed(.query, code: 1064, "syntax"), .connectFailed),
        ] as [(Diagnosis, Finding.Code)]
    )
    func `a server that cannot be looked at is unknown, by the kind of failure`(
        _ diagnosis: Diagnosis,
        _ code: Finding.Code
    ) {
        #expect(diagnosis.findings.map(\.code) == [code])
        #expect(diagnosis.verdict == .unknown)
    }

    @Test func `the grant that is missing names the user`() {
        #expect(
            Diagnosis.failed(.privilege, code: 1142, "denied").findings.first?.fixes == [
                Finding.Fix(.sql, "GRANT SELECT ON performance_schema.host_cache TO 'watch'@'…';")
            ]
        )
    }

    @Test(
        arguments: [
            (.connect, 1040, "max_connections"), (.query, 1047, "Galera"), (.query, 1104, "max_join_size"),
            (.auth, 4150, "max_password_errors"),
        ] as [(ServerFailure.Reason, UInt32, String)]
    )
    func `a failure says its cause and what to do about that`(
        _ reason: ServerFailure.Reason,
        _ code: UInt32,
        _ word: String
    ) throws {
        let known = try #require(KnownCause(code: code))
        let finding = Diagnosis.failed(reason, code: code, "refused").findings.first
        #expect(finding?.why?.contains(word) == true)
        #expect(finding?.fixes.map(\.text) == [known.advice])
    }

    @Test(
        arguments: [
            (.certificate, true, true), (.other, true, true), (.notOffered, true, false),
            (.demanded, false, false),
        ]
            as [(MariaDBError.TLSFault, Bool, Bool)]
    )
    func `a TLS failure says what it costs, and names the certificate only where it is at fault`(
        _ fault: MariaDBError.TLSFault,
        _ costs: Bool,
        _ namesCertificate: Bool
    ) {
        var failure = ServerFailure(
            .tls,
            code: nil,
            message: "TLS failed",
            outcomeIsUnknown: false,
            losesConnection: false
        )
        failure.tlsFault = fault
        let finding = Diagnosis(
            name: "orders",
            address: "orders.example.com:3306",
            failure: failure,
            user: "watch",
            wantedLimit: 5000
        )
        .findings.first
        #expect(
            finding?.why
                == (costs
                    ? "on MySQL each failed try counts as a handshake error of this machine's own address, which is "
                        + "refused with 1129 at the limit: it was tried once, and is not tried again here"
                    : nil)
        )
        #expect(finding?.fixes.contains { $0.text.contains("certificate") } == namesCertificate)
    }

    @Test func `where nothing answers in time the lookup of our name is one of the causes`() {
        let finding = Diagnosis.failed(.timeout, "no complete answer").findings.first
        #expect(finding?.why?.contains("looked up the name of its address") == true)
        #expect(finding?.fixes.last?.text.contains("skip_name_resolve = ON") == true)
    }

    @Test func `what unblocks and what keeps it so are apart in text and document`() throws {
        let rows = [HostCacheRow.sample(spent: 100, firstErrorAge: .seconds(500))]
        let diagnosis = Diagnosis.sample("orders", .sample(.mariadb, limit: 100), rows)
        let labels = DiagnosisText([diagnosis], showsColour: false).description.split(separator: "\n")
            .drop { !$0.contains("HC206") }.dropFirst(2).prefix { !$0.contains("HC204") }
            .map { $0.split(separator: " ").prefix(3).joined(separator: " ") }
        #expect(
            labels == [
                "now SET GLOBAL", "or FLUSH NO_WRITE_TO_BINLOG", "keep my.cnf, section", "and make the",
            ]
        )
        let json = try DiagnosisDocument([diagnosis], generatedAt: "").json()
        #expect(json.contains("\"effect\" : \"now\""))
        #expect(json.contains("\"effect\" : \"lasting\""))
    }
}
