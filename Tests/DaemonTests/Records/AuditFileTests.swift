import Daemon
import HostCacheCore
import TestSamples
import TestSupport
import Testing

struct AuditFileTests {
    private let folder: TemporaryFolder
    private let file: AuditFile

    init() throws {
        folder = try TemporaryFolder("audit")
        file = AuditFile(path: folder.file("audit.jsonl"))
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
}
