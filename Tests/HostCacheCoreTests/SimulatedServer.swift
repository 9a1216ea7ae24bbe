import HostCacheCore
import TestSamples

/// A server that counts, blocks, flushes, raises and restarts as MySQL and MariaDB do.
///
/// Time passes only when it is told so. An error of a validated host
/// counts (`hostname.cc`, `inc_host_errors`), `m_connect >= max_connect_errors` blocks, a login that finds
/// errors resets them, a flush or a restart drops every row.
struct SimulatedServer {
    private struct Host {
        var connectErrors: UInt64 = 0
        var handshakeErrors: UInt64 = 0
        var refused: UInt64 = 0
        var firstSeen: Int64
        var firstError: Int64?
        var lastError: Int64?
    }

    private(set) var settings: ServerSettings
    /// Seconds since the simulation began.
    private(set) var now: Int64 = 0
    /// How far the server's own clock is ahead of that; people set it.
    private var clockLead: Int64 = 1_000_000
    private var serverSecond: Int64 { now + clockLead }
    /// By the server's own clock, as all times below.
    private var started: Int64 = 990_000
    private var hosts: [String: Host] = [:]
    private var abortedConnects: UInt64 = 0
    private var flushCommands: UInt64 = 0
    private var statusFlushed: Int64 = 990_000
    private var connections: UInt64 = 1000
    private let configuredLimit: UInt64
    private var persistedLimit: UInt64?
    /// Handshake errors the server ever counted, in all lives.
    private(set) var arrived: UInt64 = 0
    /// Connections refused with error 1129, in all lives.
    private(set) var refused: UInt64 = 0

    init(limit: UInt64, version: ServerVersion = .mysql97, performanceSchema: Bool = true) {
        configuredLimit = limit
        settings = .sample(version, performanceSchema: performanceSchema, limit: limit)
    }

    var limit: UInt64 { settings.maxConnectErrors }

    /// The addresses that are refused now.
    var blocked: [String] { hosts.filter { $0.value.connectErrors >= limit }.keys.sorted() }

    /// Seconds since its last start.
    var uptime: Int64 { max(0, serverSecond - started) }

    /// The most errors of any host.
    var mostSpent: UInt64 { hosts.values.map(\.connectErrors).max() ?? 0 }

    mutating func pass(seconds: Int64) {
        now += seconds
    }

    /// Connections that are opened and dropped before the handshake, as a health check does.
    mutating func drop(_ count: UInt64 = 1, from address: String) {
        abortedConnects += count
        connections += count
        guard settings.hostCacheSize > 0 else { return }
        var host = hosts[address] ?? Host(firstSeen: serverSecond)
        let counted = min(count, limit - min(limit, host.connectErrors))
        host.connectErrors += counted
        host.handshakeErrors += counted
        arrived += counted
        host.refused += count - counted
        refused += count - counted
        host.firstError = host.firstError ?? serverSecond
        host.lastError = serverSecond
        hosts[address] = host
    }

    /// A login that succeeds unless the address is blocked.
    mutating func login(from address: String) {
        connections += 1
        var host = hosts[address] ?? Host(firstSeen: serverSecond)
        if host.connectErrors >= limit {
            abortedConnects += 1
            host.refused += 1
            refused += 1
        } else {
            host.connectErrors = 0
        }
        hosts[address] = host
    }

    /// A statement that flushes: `TRUNCATE` does nothing where the table shows nothing, and only `FLUSH` counts.
    mutating func run(_ statement: FlushStatement) {
        if statement == .flush { flushCommands += 1 }
        if statement != .truncate || settings.showsHostCache { hosts.removeAll() }
    }

    /// `FLUSH TABLES`, or any `FLUSH` that the server refuses.
    mutating func runOtherFlush() {
        flushCommands += 1
    }

    mutating func flushStatus() {
        flushCommands += 1
        abortedConnects = 0
        statusFlushed = serverSecond
    }

    /// Somebody sets the clock of the server's machine.
    mutating func setClock(by seconds: Int64) {
        clockLead += seconds
    }

    /// Sets `host_cache_size`, which empties the host cache.
    mutating func setHostCacheSize(_ size: UInt64) {
        settings.hostCacheSize = size
        hosts.removeAll()
    }

    mutating func setLimit(_ limit: UInt64, persist: Bool = false) {
        settings.maxConnectErrors = limit
        if persist { persistedLimit = limit }
    }

    mutating func restart() {
        hosts.removeAll()
        abortedConnects = 0
        flushCommands = 0
        connections = 0
        started = serverSecond
        statusFlushed = serverSecond
        settings.maxConnectErrors = persistedLimit ?? configuredLimit
    }

    /// What the daemon's look would bring.
    func look() -> Observation {
        let rows = hosts.sorted { $0.key < $1.key }.map { address, host in
            HostCacheRow(
                address: address,
                name: nil,
                isValidated: true,
                connectErrors: host.connectErrors,
                handshakeErrors: host.handshakeErrors,
                blockedConnections: host.refused,
                firstSeenSecond: host.firstSeen,
                firstErrorAge: age(host.firstError),
                lastErrorAge: age(host.lastError)
            )
        }
        var seen = Observation(
            instant: .seconds(now),
            identity: "orders",
            uptime: .seconds(uptime),
            serverSecond: serverSecond,
            settings: settings,
            rows: settings.showsHostCache ? rows : [],
            abortedConnects: abortedConnects
        )
        seen.countedSince = .seconds(max(0, statusFlushed - started))
        seen.flushCommands = flushCommands
        seen.connections = connections
        return seen
    }

    /// Nil for a time that the server's clock has not reached.
    private func age(_ time: Int64?) -> Duration? {
        time.flatMap { $0 <= serverSecond ? .seconds(serverSecond - $0) : nil }
    }
}
