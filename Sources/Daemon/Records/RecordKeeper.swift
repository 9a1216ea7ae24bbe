package import HostCacheCore
package import Logging
import Synchronization

/// Keeps state and audit of all servers on the disk.
///
/// Writing blocks, so it runs on a thread of its own. A disk that refuses, or that does not answer within a second,
/// is said once and never stops the protection of a server: the database is worth more than its history. What is
/// known is kept here, so nothing but the first reading asks the disk for it.
package actor RecordKeeper {
    private let disk: PatientQueue
    private let state: StateWriter
    private let audit: AuditFile
    private let backlog = AuditBacklog()
    private let late = LateReading()
    private let timekeeper: Timekeeper
    private let logger: Logger
    private var document = StateDocument()
    /// Whether the file is not to be written: it is a newer daemon's, or what is in it is not known yet.
    private var isReadOnly = false
    /// How many audit entries were numbered, of all servers and target groups of this process.
    private nonisolated let numbered = Atomic<UInt64>(0)
    /// What the file held, where that came after servers had been met without it.
    private var history: StateDocument?
    private var failing: Set<Record> = []

    /// How long a write is waited for; after that the deed is done without.
    package static let usualPatience = Duration.seconds(1)
    /// How many times as long the first reading is waited for: without it no earlier flush is known.
    private static let patienceAtStart = 5

    private enum Record: String {
        case state
        case audit
    }

    /// - Parameters:
    ///   - directory: Where `state.json` and `audit.jsonl` are.
    ///   - patience: How long a write is waited for, in real time.
    ///   - timekeeper: The clocks that times are written and read by.
    ///   - logger: Told what the disk does not take.
    package init(directory: String, patience: Duration, timekeeper: Timekeeper, logger: Logger) {
        disk = PatientQueue(label: "hostcached.records", patience: patience)
        state = StateWriter(StateFile(path: directory + "/state.json"))
        audit = AuditFile(path: directory + "/audit.jsonl", fullAt: AuditFile.usualSize)
        self.timekeeper = timekeeper
        self.logger = logger
    }

    /// An id for an action that no other action has.
    ///
    /// Servers act in the same millisecond, such as all of them at the start: so one count numbers them all.
    ///
    /// - Parameter time: Now, as an entry writes it: tells the actions of one process from those of another.
    /// - Returns: The time and a number.
    package nonisolated func newID(at time: String) -> String {
        "\(time)-\(numbered.add(1, ordering: .relaxed).newValue)"
    }

    /// Whether a newer daemon's state forbids acting.
    package enum Loaded: Hashable, Sendable {
        case ready
        case mustObserve(why: String)
    }

    /// Reads the state; the first call of a process.
    ///
    /// A disk that does not answer within five times the patience is not waited for: the daemon begins without history, and takes in
    /// what the file holds when it comes. Until then the file is not written.
    ///
    /// - Parameter prepare: Runs before, on the same thread, where it may block too.
    /// - Returns: Whether anything may be done.
    /// - Throws: What `prepare` throws in time; later it is logged.
    package func load(after prepare: @escaping @Sendable () throws -> Void = {}) async throws -> Loaded {
        let reading = await disk.run(
            upTo: disk.patience * Self.patienceAtStart,
            late: { [late] in late.come($0) },
            { [file = state.file, wall = timekeeper.wall] in Reading(file, after: prepare, wall) }
        )
        guard let reading else {
            isReadOnly = true
            failing.insert(.state)
            logger.error(
                "the state directory does not answer, starting without history",
                metadata: [
                    LogKey.path.rawValue: "\(state.file.path)",
                    LogKey.advice.rawValue: "look at its disk; servers are protected meanwhile",
                ]
            )
            return .ready
        }
        switch reading {
        case .unprepared(let error): throw error
        case .unreadable(let error):
            isReadOnly = true
            return .mustObserve(why: "\(error)")
        case .content(let content):
            return take(content)
        }
    }

    private func take(_ content: StateFile.Content) -> Loaded {
        switch content {
        case .document(let document):
            self.document = document.unlatched
        case .missing:
            logger.info(
                "no state yet, starting without history",
                metadata: [LogKey.path.rawValue: "\(state.file.path)"]
            )
        case .damaged(let aside, let why):
            logger.error(
                "state is damaged, starting without history",
                metadata: [
                    LogKey.path.rawValue: "\(state.file.path)", LogKey.movedTo.rawValue: "\(aside)",
                    LogKey.error.rawValue: "\(why)",
                ]
            )
        case .newer(let version):
            isReadOnly = true
            return .mustObserve(
                why: "\(state.file.path) has version \(version), written by a newer hostcached"
            )
        }
        return .ready
    }

    /// Takes in what the file held where it came late: what this run does not know itself.
    private func takeLateReading() {
        guard let reading = late.take() else { return }
        let ours = document
        do {
            switch reading {
            case .unprepared(let error), .unreadable(let error): throw error
            case .content(let content):
                if case .mustObserve(let why) = take(content) { throw StartFailure(why) }
                history = document
                document = ours.completed(by: document)
                isReadOnly = false
                logger.notice(
                    "the state directory answers, what it holds is taken in",
                    metadata: [LogKey.path.rawValue: "\(state.file.path)"]
                )
            }
        } catch {
            // As much was done without as could be; whoever has the file keeps it.
            logger.error(
                "the state is not kept, servers are protected all the same",
                metadata: [
                    LogKey.error.rawValue: "\(error)",
                    LogKey.advice.rawValue: "restart hostcached when that is mended",
                ]
            )
        }
    }

    /// What is remembered of a server process under a name; nil when nothing is.
    package func memory(of server: String, identity: String) -> Memory? {
        document.servers[server]?.processes[identity]?.memory(timekeeper)
    }

    /// The counts of a server, zero at first.
    package func counters(of server: String) -> Counters {
        document.servers[server]?.counters.core ?? Counters()
    }

    /// Takes what is to be remembered and writes it to the disk.
    package func save(_ memory: Memory, _ counters: Counters, of server: String, identity: String) async {
        takeLateReading()
        var entry = document.servers[server] ?? StateDocument.Server()
        entry.counters = StateDocument.Counters(counters)
        var process = StateDocument.Process(memory, timekeeper: timekeeper)
        if let original = history?.servers[server]?.processes[identity]?.originalLimit {
            // Raised before this run, which found the raised one.
            process.originalLimit = original
        }
        entry.processes[identity] = process
        // What the disk did not take is offered again, changed or not.
        guard document.servers[server] != entry || failing.contains(.state) else { return }
        document.servers[server] = entry
        await writeState()
    }

    /// Takes what the last keep-alive login through each address showed, and writes it to the disk.
    package func save(_ outcomes: [String: KeepAliveOutcome], ofKeepAliveOf server: String) async {
        takeLateReading()
        document.servers[server, default: StateDocument.Server()].keepAlive = outcomes.mapValues(\.rawValue)
        document.servers[server]?.keepAliveAt = WallClock.text(timekeeper.wall())
        await writeState()
    }

    /// What is remembered of a target group; nil when nothing is.
    package func intervalMemory(of arn: String) -> IntervalMemory? {
        document.targetGroups?[arn]?.memory(timekeeper)
    }

    /// Takes what is to be remembered of a target group and writes it to the disk.
    package func save(_ memory: IntervalMemory, ofTargetGroup arn: String) async {
        takeLateReading()
        document.targetGroups = document.targetGroups ?? [:]
        document.targetGroups?[arn] = StateDocument.TargetGroup(memory, timekeeper: timekeeper)
        await writeState()
    }

    private func writeState() async {
        guard !isReadOnly else { return }
        let isComing = state.offer(document)
        // Nobody waits for a disk that hangs, and one job for it is enough.
        guard !isComing || !disk.isHanging else { return }
        await attempt(.state) { [state] in try state.write() }
    }

    /// Appends a line to the audit, and writes an intent to the log too.
    ///
    /// The lines that tell what came of it are the loops' own, so that the log has what the audit misses.
    package func append(_ entry: AuditEntry) async {
        if entry.phase == .intent { logger.notice("about to act", metadata: entry.logMetadata) }
        guard backlog.takes(entry) else { return }
        await attempt(.audit) { [audit, backlog] in
            defer { backlog.ended(entry) }
            try audit.append(entry)
        }
    }

    /// Gives the disk time for what it was slow to take: what ends a process ends its writes too.
    ///
    /// Two seconds at most: one that hangs must not hold up the stop.
    package func finish() async {
        await disk.drain(upTo: .seconds(2))
    }

    private func attempt(_ record: Record, _ write: @escaping @Sendable () throws -> Void) async {
        do {
            guard let result = await disk.run({ Result { try write() } }) else {
                throw NoAnswer(patience: disk.patience)
            }
            try result.get()
            if failing.remove(record) != nil {
                logger.notice(
                    "records can be written again",
                    metadata: [LogKey.record.rawValue: "\(record.rawValue)"]
                )
            }
        } catch {
            guard failing.insert(record).inserted else { return }
            logger.error(
                "records cannot be written, servers are protected all the same",
                metadata: [LogKey.record.rawValue: "\(record.rawValue)", LogKey.error.rawValue: "\(error)"]
            )
        }
    }
}

/// What the first reading of the state brought.
private enum Reading: Sendable {
    /// What had to be done before could not be.
    case unprepared(any Error)
    case unreadable(any Error)
    case content(StateFile.Content)

    /// Prepares and reads; blocks.
    init(_ file: StateFile, after prepare: () throws -> Void, _ wall: () -> Duration) {
        do {
            try prepare()
        } catch {
            self = .unprepared(error)
            return
        }
        do {
            self = .content(try file.read(movingAside: wall()))
        } catch {
            self = .unreadable(error)
        }
    }
}

/// Where a reading that nobody waited for is found by whoever writes next.
private final class LateReading: Sendable {
    private let reading = Mutex<Reading?>(nil)

    func come(_ reading: Reading) { self.reading.withLock { $0 = reading } }

    func take() -> Reading? { reading.withLock { $0.take() } }
}

/// A disk that is not waited for any longer.
struct NoAnswer: Error, CustomStringConvertible {
    var patience: Duration

    var description: String { "the disk has not answered for \(patience.phrase); look at its file system" }
}
