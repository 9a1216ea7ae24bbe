import FoundationEssentials
package import HostCacheCore
package import Logging
import Synchronization

/// Keeps state and audit of all servers on the disk.
///
/// Writing blocks, so it runs on a thread of its own. A disk that refuses is said once and never stops the
/// protection of a server: the database is worth more than its history.
package actor RecordKeeper {
    private let executor = BlockingExecutor(label: "hostcached.records")
    private let state: StateFile
    private let audit: AuditFile
    private let timekeeper: Timekeeper
    private let logger: Logger
    private var document = StateDocument()
    private var isReadOnly = false
    private var failing: Set<String> = []
    private static let stateRecord = "state"
    /// How many audit entries were numbered, of all servers and target groups of this process.
    private nonisolated let numbered = Atomic<UInt64>(0)

    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    package init(directory: String, timekeeper: Timekeeper, logger: Logger) {
        state = StateFile(path: directory + "/state.json")
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
    package func load() -> Loaded {
        do {
            switch try state.read(movingAside: timekeeper.wall()) {
            case .document(let document):
                self.document = document.unlatched
            case .missing:
                logger.info(
                    "no state yet, starting without history",
                    metadata: [LogKey.path.rawValue: "\(state.path)"]
                )
            case .damaged(let aside, let why):
                logger.error(
                    "state is damaged, starting without history",
                    metadata: [
                        LogKey.path.rawValue: "\(state.path)", LogKey.movedTo.rawValue: "\(aside)",
                        LogKey.error.rawValue: "\(why)",
                    ]
                )
            case .newer(let version):
                isReadOnly = true
                return .mustObserve(
                    why: "\(state.path) has version \(version), written by a newer hostcached"
                )
            }
        } catch {
            isReadOnly = true
            return .mustObserve(why: "\(error)")
        }
        return .ready
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
    package func save(_ memory: Memory, _ counters: Counters, of server: String, identity: String) {
        var entry = document.servers[server] ?? StateDocument.Server()
        entry.counters = StateDocument.Counters(counters)
        entry.processes[identity] = StateDocument.Process(memory, timekeeper: timekeeper)
        // What the disk did not take is offered again, changed or not.
        guard !isReadOnly, document.servers[server] != entry || failing.contains(Self.stateRecord) else {
            return
        }
        document.servers[server] = entry
        attempt(Self.stateRecord) { try state.write(document) }
    }

    /// Takes what the last keep-alive login through each address showed, and writes it to the disk.
    package func save(_ outcomes: [String: KeepAliveOutcome], ofKeepAliveOf server: String) {
        guard !isReadOnly else { return }
        document.servers[server, default: StateDocument.Server()].keepAlive = outcomes.mapValues(\.rawValue)
        document.servers[server]?.keepAliveAt = WallClock.text(timekeeper.wall())
        attempt(Self.stateRecord) { try state.write(document) }
    }

    /// What is remembered of a target group; nil when nothing is.
    package func intervalMemory(of arn: String) -> IntervalMemory? {
        document.targetGroups?[arn]?.memory(timekeeper)
    }

    /// Takes what is to be remembered of a target group and writes it to the disk.
    package func save(_ memory: IntervalMemory, ofTargetGroup arn: String) {
        guard !isReadOnly else { return }
        document.targetGroups = document.targetGroups ?? [:]
        document.targetGroups?[arn] = StateDocument.TargetGroup(memory, timekeeper: timekeeper)
        attempt(Self.stateRecord) { try state.write(document) }
    }

    /// Appends a line to the audit, and writes an intent to the log too.
    ///
    /// The lines that tell what came of it are the loops' own.
    package func append(_ entry: AuditEntry) {
        attempt("audit") { try audit.append(entry) }
        guard entry.phase == .intent else { return }
        logger.notice("about to act", metadata: entry.logMetadata)
    }

    private func attempt(_ what: String, _ write: () throws -> Void) {
        do {
            try write()
            if failing.remove(what) != nil {
                logger.notice("records can be written again", metadata: [LogKey.record.rawValue: "\(what)"])
            }
        } catch {
            guard failing.insert(what).inserted else { return }
            logger.error(
                "records cannot be written, servers are protected all the same",
                metadata: [LogKey.record.rawValue: "\(what)", LogKey.error.rawValue: "\(error)"]
            )
        }
    }
}
