import Daemon
import FoundationEssentials
import HostCacheCore
import TestSupport
import Testing

struct StateFileTests {
    private let folder: TemporaryFolder
    private let file: StateFile

    init() throws {
        folder = try TemporaryFolder("state")
        file = StateFile(path: folder.file("state.json"))
    }

    private func write(_ text: String) throws {
        try Data(text.utf8).write(to: URL(filePath: file.path))
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func `no file is the first start`() throws {
        #expect(try file.read(movingAside: .zero) == .missing)
    }

    @Test func `what is written is read back, readable by its owner only`() throws {
        var document = StateDocument()
        var process = StateDocument.Process()
        process.lastFlush = "2026-11-23T02:13:20.000Z"
        process.lastFlushAttempt = "2026-11-23T02:13:20.001Z"
        process.lastFlushSkip = "2026-11-23T02:13:20.002Z"
        process.flushesLastHour = ["2026-11-23T02:13:20.000Z"]
        process.errorBound = StateDocument.ErrorBound(
            abortedConnects: .max,
            spent: 17,
            countedSinceSeconds: 30,
            countedAt: "2026-11-23T02:13:20.005Z"
        )
        process.originalLimit = 100
        process.lastRaise = "2026-11-23T02:13:20.003Z"
        process.raisedTo = 5000
        process.repeatedRaises = ["2026-11-23T02:13:20.004Z"]
        process.raiseLatched = true
        var server = StateDocument.Server()
        server.processes = ["8f2b6c1a": process, "db:3306": StateDocument.Process()]
        server.counters.suppressed = ["flush": ["rate_limit": 3]]
        document.servers = ["orders": server]
        try file.write(document)
        #expect(try file.read(movingAside: .zero) == .document(document))
        let attributes = try FileManager.default.attributesOfItem(atPath: file.path)
        #expect(attributes[.posixPermissions] as? Int == 0o600)
        #expect(try names() == ["state.json"])
    }

    @Test func `the keys are part of the interface`() throws {
        var server = StateDocument.Server()
        server.processes = ["8f2b6c1a": StateDocument.Process()]
        var document = StateDocument()
        document.servers = ["orders": server]
        try file.write(document)
        #expect(
            TextFile.read(file.path) == """
                {
                  "servers" : {
                    "orders" : {
                      "counters" : {
                        "blocked_connections" : 0,
                        "flush_failures" : 0,
                        "flushes" : {

                        },
                        "handshake_errors" : 0,
                        "limit_changes" : 0,
                        "suppressed" : {

                        }
                      },
                      "processes" : {
                        "8f2b6c1a" : {
                          "flushes_last_hour" : [

                          ],
                          "raise_latched" : false,
                          "repeated_raises" : [

                          ]
                        }
                      }
                    }
                  },
                  "version" : 1
                }

                """
        )
    }

    @Test(arguments: ["", "{", "[]", #"{"version":1}"#, #"{"servers":{}}"#, #"{"version":"1","servers":{}}"#])
    func `a damaged file is renamed aside with its content`(text: String) throws {
        try write(text)
        guard case .damaged(let aside, _) = try file.read(movingAside: .seconds(1_795_400_000)) else {
            Issue.record("taken for a good one")
            return
        }
        #expect(aside == file.path + ".damaged-2026-11-23T02:13:20.000Z")
        #expect(TextFile.read(aside) == text)
        #expect(try file.read(movingAside: .zero) == .missing)
    }

    @Test func `one who only looks leaves a damaged file where it is`() throws {
        try write("{")
        guard case .damaged(file.path, _) = try file.read(movingAside: nil) else {
            Issue.record("taken for a good one")
            return
        }
        #expect(try names() == ["state.json"])
    }

    @Test func `a newer version is told from damage and left alone`() throws {
        let text = #"{"version":2,"fleet":"unheard of"}"#
        try write(text)
        #expect(try file.read(movingAside: .zero) == .newer(version: 2))
        #expect(TextFile.read(file.path) == text)
    }

    @Test func `a file that is there and cannot be read is an error, not a first start`() throws {
        try FileManager.default.createDirectory(atPath: file.path, withIntermediateDirectories: false)
        #expect(throws: FileError.self) { try file.read(movingAside: .zero) }
    }
}
