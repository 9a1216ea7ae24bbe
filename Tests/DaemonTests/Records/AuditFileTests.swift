import Daemon
import FoundationEssentials
import HostCacheCore
import TestSamples
import TestSupport
import Testing

struct AuditFileTests {
    private let folder: TemporaryFolder
    private let file: AuditFile

    init() throws {
        folder = try TemporaryFolder("audit")
        file = AuditFile(path: folder.file("audit.jsonl"), fullAt: AuditFile.usualSize)
    }

    private func entry(_ phase: AuditEntry.Phase, _ action: String) -> AuditEntry {
        AuditEntry(
            phase,
            id: "2026-11-23T02:13:20.000Z-1",
            server: "orders",
            identity: "8f2b6c1a",
            action: action,
            time: "2026-11-23T02:13:20.125Z"
        )
    }

    @Test func `every entry is one line of JSON, and its keys are part of the interface`() throws {
        var intent = entry(.intent, "flush")
        intent.trigger = "blocked"
        intent.statement = "TRUNCATE TABLE performance_schema.host_cache"
        intent.hosts = Forecast.sample([
            .sample(spent: 999, blocked: 7, firstErrorAge: .seconds(80)),
            .sample("10.9.9.9", name: "a\"b\n/c", spent: 1),
        ]).offenders.map { AuditEntry.Host($0, at: Timekeeper.wallAtZero) }
        intent.hostsOmitted = 3
        var raise = entry(.outcome, "raise")
        raise.limitBefore = 100
        raise.limitAfter = 5000
        raise.result = .failed
        raise.detail = "read back 100"
        for entry in [intent, raise, entry(.skipped, "flush")] { try file.append(entry) }
        let head = #""id":"2026-11-23T02:13:20.000Z-1","identity":"8f2b6c1a","#
        let tail = #""server":"orders""#
        let time = #""time":"2026-11-23T02:13:20.125Z""#
        let expected = [
            #"{"action":"flush","hosts":[{"address":"10.0.1.23","blocked_connections":7,"connect_errors":999,"#
                + #""first_error":"2026-11-23T02:12:00.000Z","handshake_errors":999,"load_balancer":true,"#
                + #""share":0.999},{"address":"10.9.9.9","blocked_connections":0,"connect_errors":1,"#
                + #""handshake_errors":1,"load_balancer":false,"name":"a\"b\n/c","share":0.001}],"#
                + #""hosts_omitted":3,"# + head + #""phase":"intent","# + tail
                + #","statement":"TRUNCATE TABLE performance_schema.host_cache","# + time
                + #","trigger":"blocked"}"#,
            #"{"action":"raise","detail":"read back 100","# + head
                + #""limit_after":5000,"limit_before":100,"phase":"outcome","result":"failed","# + tail + ","
                + time + "}",
            #"{"action":"flush","# + head + #""phase":"skipped","# + tail + "," + time + "}",
        ]
        #expect(TextFile.read(folder.file("audit.jsonl")) == expected.joined(separator: "\n") + "\n")
    }

    /// The ids in a file, oldest first; nil where there is none.
    private func ids(_ name: String) -> [String]? {
        TextFile.read(folder.file(name)).map { text in
            text.split(separator: "\n").compactMap { line in
                line.firstMatch(of: /"id":"([^"]*)"/).map { String($0.1) }
            }
        }
    }

    private func append(_ ids: ClosedRange<Int>, to file: AuditFile) throws {
        for id in ids {
            try file.append(
                AuditEntry(
                    .skipped,
                    id: "\(id)",
                    server: "orders",
                    identity: "8f2b6c1a",
                    action: "flush",
                    time: "2026-11-23T02:13:20.125Z"
                )
            )
        }
    }

    @Test(arguments: [(1, ["1", "2", "3"]), (0, ["3"]), (-1, ["3"])])
    func `a file that has reached its size is moved aside before the next line`(
        _ room: Int,
        _ left: [String]
    ) throws {
        try append(1...2, to: file)
        let size = try #require(TextFile.read(folder.file("audit.jsonl"))).utf8.count
        try append(3...3, to: AuditFile(path: folder.file("audit.jsonl"), fullAt: size + room))
        #expect(ids("audit.jsonl") == left)
        #expect(ids("audit.jsonl.1") == (left == ["3"] ? ["1", "2"] : nil))
    }

    @Test func `five full files are kept, and no line of them is lost`() throws {
        try append(1...9, to: AuditFile(path: folder.file("audit.jsonl"), fullAt: 1))
        #expect(ids("audit.jsonl") == ["9"])
        #expect((1...6).map { ids("audit.jsonl.\($0)") } == [["8"], ["7"], ["6"], ["5"], ["4"], nil])
    }

    @Test func `a gap in the numbers is no failure`() throws {
        try append(1...3, to: AuditFile(path: folder.file("audit.jsonl"), fullAt: 1))
        try FileManager.default.removeItem(atPath: folder.file("audit.jsonl.1"))
        try append(4...4, to: AuditFile(path: folder.file("audit.jsonl"), fullAt: 1))
        #expect((1...3).map { ids("audit.jsonl.\($0)") } == [["3"], nil, ["1"]])
    }

    @Test func `what cannot be moved aside is an error, and the line is there all the same`() throws {
        let file = AuditFile(path: folder.file("audit.jsonl"), fullAt: 1)
        try append(1...5, to: file)
        try FileManager.default.createDirectory(
            atPath: folder.file("audit.jsonl.5/in-the-way"),
            withIntermediateDirectories: true
        )
        // EISDIR
        #expect(throws: FileError(operation: .rotate, path: folder.file("audit.jsonl.4"), code: 21)) {
            try append(6...6, to: file)
        }
        #expect(ids("audit.jsonl") == ["5", "6"])
    }
}
