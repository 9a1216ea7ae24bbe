import Daemon
import FoundationEssentials
import Glibc
import HostCacheCore
import TestSamples
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct RecordKeeperTests {
    private let folder: TemporaryFolder
    private let lines = LogLines()
    private let clock = ManualClock()

    init() throws {
        folder = try TemporaryFolder("records")
    }

    private var path: String { folder.file("state.json") }

    private func keeper(in directory: String? = nil, patience: Duration = .seconds(60)) -> RecordKeeper {
        RecordKeeper(
            directory: directory ?? folder.path,
            patience: patience,
            timekeeper: .manual(clock),
            logger: lines.logger
        )
    }

    private func entry() -> AuditEntry {
        AuditEntry(.outcome, id: "1", server: "orders", identity: "a", action: "flush", time: "now")
    }

    private var memory: Memory {
        var memory = Memory()
        memory.flushes.begin(at: .zero)
        return memory
    }

    @Test func `two actions of one millisecond have ids of their own`() {
        let keeper = keeper()
        let ids = (1...2).map { _ in keeper.newID(at: "2026-11-23T02:13:20.000Z") }
        #expect(ids == ["2026-11-23T02:13:20.000Z-1", "2026-11-23T02:13:20.000Z-2"])
    }

    @Test func `the first start says so and begins with nothing`() async throws {
        let keeper = keeper()
        #expect(try await keeper.load() == .ready)
        #expect(await keeper.memory(of: "orders", identity: "a") == nil)
        #expect(await keeper.counters(of: "orders") == Counters())
        #expect(lines.taken() == ["<6>no state yet, starting without history path=\(path)"])
    }

    @Test func `another keeper finds what was saved, by server and process`() async throws {
        var counters = Counters()
        counters.limitChanges = 2
        await keeper().save(memory, counters, of: "orders", identity: "a")
        let next = keeper()
        #expect(try await next.load() == .ready)
        #expect(await next.memory(of: "orders", identity: "a") == memory)
        #expect(await next.memory(of: "orders", identity: "b") == nil)
        #expect(await next.memory(of: "billing", identity: "a") == nil)
        #expect(await next.counters(of: "orders") == counters)
        #expect(lines.taken() == [])
    }

    @Test func `damaged state is an error and a start without history`() async throws {
        try Data("{".utf8).write(to: URL(filePath: path))
        #expect(try await keeper().load() == .ready)
        let told = lines.taken()
        #expect(told.count == 1)
        #expect(told.first?.hasPrefix("<3>state is damaged, starting without history error=") == true)
        #expect(
            told.first?.hasSuffix("moved_to=\(path).damaged-2026-11-23T02:13:20.000Z path=\(path)") == true
        )
    }

    @Test func `a newer state forbids acting and is never overwritten`() async throws {
        let text = #"{"version":2}"#
        try Data(text.utf8).write(to: URL(filePath: path))
        let keeper = keeper()
        #expect(
            try await keeper.load()
                == .mustObserve(why: "\(path) has version 2, written by a newer hostcached")
        )
        await keeper.save(memory, Counters(), of: "orders", identity: "a")
        #expect(TextFile.read(path) == text)
    }

    @Test func `state that cannot be read forbids acting`() async throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(
            try await keeper().load() == .mustObserve(why: "cannot read \(path): Is a directory (errno 21)")
        )
    }

    @Test func `a disk that refuses is told once, then that it takes again`() async throws {
        let directory = folder.file("later")
        let keeper = keeper(in: directory)
        for _ in 1...3 {
            await keeper.append(entry())
            await keeper.save(memory, Counters(), of: "orders", identity: "a")
        }
        // In memory it went on all the same.
        #expect(await keeper.memory(of: "orders", identity: "a") == memory)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        for _ in 1...3 {
            await keeper.append(entry())
            // Unchanged since, but not on the disk yet.
            await keeper.save(memory, Counters(), of: "orders", identity: "a")
        }
        #expect(
            lines.taken() == [
                "<3>records cannot be written, servers are protected all the same error=\"cannot open "
                    + "\(directory)/audit.jsonl: No such file or directory (errno 2)\" record=audit",
                "<3>records cannot be written, servers are protected all the same error=\"cannot open the folder of "
                    + "\(directory)/state.json: No such file or directory (errno 2)\" record=state",
                "<5>records can be written again record=audit",
                "<5>records can be written again record=state",
            ]
        )
        let next = self.keeper(in: directory)
        #expect(try await next.load() == .ready)
        #expect(await next.memory(of: "orders", identity: "a") == memory)
    }

    @Test func `an intent goes to the log too, its outcome is the loop's own line`() async {
        let keeper = keeper()
        var intent = entry()
        intent.phase = .intent
        intent.trigger = "blocked"
        intent.statement = "TRUNCATE TABLE performance_schema.host_cache"
        let one = HostCacheRow.sample("10.0.0.1", name: "web.example.com", spent: 20)
        let rows = [one] + (2...12).map { .sample("10.0.0.\($0)", spent: 20 - UInt64($0)) }
        intent.hosts = Forecast.sample(rows).offenders.map { AuditEntry.Host($0, at: .zero) }
        intent.hostsOmitted = 5
        await keeper.append(intent)
        await keeper.append(entry())
        let others = (2...10).map { "10.0.0.\($0), \(20 - $0) errors; " }.joined()
        let hosts = "10.0.0.1 (web.example.com), 20 errors; \(others)and 7 more"
        #expect(
            lines.taken() == [
                "<5>about to act action=flush hosts=\"\(hosts)\" id=1 identity=a server=orders "
                    + "statement=\"TRUNCATE TABLE performance_schema.host_cache\" trigger=blocked"
            ]
        )
    }

    @Test func `a disk that hangs holds up one line, and takes all of them later`() async throws {
        let audit = try FullPipe(folder.file("audit.jsonl"))
        let keeper = keeper(patience: .seconds(1))
        // Each of them would wait for ever.
        for _ in 1...3 { await keeper.append(entry()) }
        await keeper.save(memory, Counters(), of: "orders", identity: "a")
        #expect(
            lines.taken() == [
                "<3>records cannot be written, servers are protected all the same error=\"the disk has not answered "
                    + "for 1 s; look at its file system\" record=audit",
                "<3>records cannot be written, servers are protected all the same error=\"the disk has not answered "
                    + "for 1 s; look at its file system\" record=state",
            ]
        )
        #expect(TextFile.read(path) == nil)
        try audit.unblock()
        try await waitUntil("what came after the first line is in a new file, and the state in its own") {
            (TextFile.read(folder.file("audit.jsonl")) ?? "").split(separator: "\n").count == 2
                && TextFile.read(path) != nil
        }
        // Until the last write has ended, and where one takes longer than the patience, nobody waits.
        var told: [String] = []
        try await waitUntil("both can be written again") {
            await keeper.append(entry())
            await keeper.save(memory, Counters(), of: "orders", identity: "a")
            told += lines.taken()
            return told.count == 2
        }
        #expect(
            told.sorted() == [
                "<5>records can be written again record=audit",
                "<5>records can be written again record=state",
            ]
        )
    }

    @Test func `a state directory that hangs at the start is taken in when it answers`() async throws {
        var counters = Counters()
        counters.limitChanges = 2
        var before = memory
        before.raises.original = 100
        let older = keeper()
        await older.save(before, counters, of: "orders", identity: "a")
        await older.save(before, counters, of: "billing", identity: "b")
        let text = try #require(TextFile.read(path))
        unlink(path)
        // Whoever opens it to read waits for somebody who writes.
        try #require(mkfifo(path, 0o600) == 0)
        let keeper = keeper(patience: .milliseconds(20))
        #expect(try await keeper.load() == .ready)
        #expect(await keeper.memory(of: "orders", identity: "a") == nil)
        var own = Memory()
        own.raises.original = 5000
        await keeper.save(own, Counters(), of: "orders", identity: "a")
        #expect(
            lines.taken() == [
                "<3>the state directory does not answer, starting without history advice=\"look at its disk; servers "
                    + "are protected meanwhile\" path=\(path)"
            ]
        )

        try Data(text.utf8).write(to: URL(filePath: path))
        // A disk that takes longer than the patience once more is late again, and written at the next save.
        var told: [String] = []
        try await waitUntil("what the file held is known, and written") {
            await keeper.save(own, Counters(), of: "orders", identity: "a")
            told += lines.taken()
            return told.count == 2
        }
        #expect(
            told == [
                "<5>the state directory answers, what it holds is taken in path=\(path)",
                "<5>records can be written again record=state",
            ]
        )
        #expect(await keeper.memory(of: "billing", identity: "b") == before)
        // This run found the raised limit and would have taken it for the first.
        own.raises.original = 100
        #expect(await keeper.memory(of: "orders", identity: "a") == own)
        let next = self.keeper()
        #expect(try await next.load() == .ready)
        #expect(await next.memory(of: "orders", identity: "a") == own)
        #expect(await next.counters(of: "billing") == counters)
    }

    @Test func `what has to be done before reading ends the start in time`() async throws {
        struct Refused: Error {}
        let keeper = keeper()
        await #expect(throws: Refused.self) {
            _ = try await keeper.load(after: { throw Refused() })
        }
    }
}
