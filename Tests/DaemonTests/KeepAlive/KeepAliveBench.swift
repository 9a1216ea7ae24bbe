import Daemon
import HostCacheCore
import Synchronization
import TestSupport

/// A keep-alive loop in a scripted world, with a manual clock and real records in a folder of their own.
final class KeepAliveBench: LoopBed {
    /// What the world is like now.
    struct World: Sendable {
        var window: TimeToBlock? = .after(.seconds(400))
        /// The addresses that a look shows past `flush_at`, since when it does, and whether they are blocked.
        var pressed: (addresses: [String: Bool], at: Duration) = ([:], .zero)
        var addresses: [String: Set<String>] = ["nlb": ["10.0.1.23", "10.0.2.23"]]
        /// What the server sees of a login through an address; none is a login that fails.
        var hosts = ["10.0.1.23": "10.0.1.23", "10.0.2.23": "node-2"]
        var failure = ServerFailure(unexpected: "nothing")
        var directHost: String? = "10.9.9.9"
        var isProven = true
        /// The addresses logged in through, in order.
        var logins: [String] = []
        var directLogins = 0
    }

    let clock = ManualClock()
    let log = LogLines()
    let folder: TemporaryFolder
    let board: StatusBoard
    let world: Mutex<World>
    private let via: [String]
    let records: RecordKeeper

    init(via: [String] = ["nlb"], _ world: World = World()) throws {
        folder = try TemporaryFolder("keep-alive")
        self.via = via
        self.world = Mutex(world)
        var status = ServerStatus(name: "orders", isEnforcing: true, wantedLimit: 100, loadBalancers: [])
        status.keepAlive = KeepAliveStatus()
        board = StatusBoard([status])
        records = RecordKeeper(
            directory: folder.path,
            patience: .seconds(60),
            timekeeper: .manual(clock),
            logger: log.logger
        )
    }

    func runLoop() async {
        let loop = KeepAliveLoop(
            server: "orders",
            via: via,
            evidence: { self.evidence },
            assumedWindow: .after(.seconds(200)),
            port: port,
            records: records,
            board: board,
            timekeeper: .manual(clock),
            logger: log.logger
        )
        await loop.run()
    }

    private var evidence: KeepAliveEvidence? {
        world.withLock { world in
            world.window.map { window in
                var evidence = KeepAliveEvidence(at: world.pressed.at, window: window)
                evidence.pressed = world.pressed.addresses
                return evidence
            }
        }
    }

    /// Lets the loop sleep to its end and take its next round, until that moment has come.
    func rounds(until end: Duration) async {
        while clock.now.offset < end {
            await turn()
        }
    }

    var status: KeepAliveStatus? { board.status(of: "orders")?.keepAlive }

    /// The addresses logged in through since the last call, sorted.
    func logins() -> [String] {
        world.withLock { world in
            defer { world.logins = [] }
            return world.logins.sorted()
        }
    }

    /// What `state.json` says.
    var state: [String: String]? {
        get throws { try document?.servers["orders"]?.keepAlive }
    }

    private struct NoAddress: Error, CustomStringConvertible {
        let description = "no such name"
    }

    private var port: KeepAlivePort {
        KeepAlivePort(
            resolve: { name in
                let found = self.world.withLock { $0.addresses[name] }
                if let found { return found }
                guard name.first?.isNumber == true else { throw NoAddress() }
                return [name]
            },
            login: { address in
                try self.world.withLock { world in
                    world.logins.append(address)
                    guard let host = world.hosts[address] else { throw world.failure }
                    return host
                }
            },
            directHost: {
                try self.world.withLock { world in
                    world.directLogins += 1
                    guard let host = world.directHost else { throw world.failure }
                    return host
                }
            },
            interfaces: { ["127.0.0.1", "10.9.9.8"] },
            isProven: { self.world.withLock(\.isProven) }
        )
    }
}
