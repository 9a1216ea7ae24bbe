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
    /// Seconds since the simulation began; the server's own clock is 1 000 000 ahead.
    private(set) var now: Int64 = 0
    private var started: Int64 = -10_000
    private var hosts: [String: Host] = [:]
    private var abortedConnects: UInt64 = 0
    private var flushCommands: UInt64 = 0
    private var statusFlushed: Int64 = -10_000
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
    var uptime: Int64 { now - started }

    /// The most errors of any host.
    var mostSpent: UInt64 { hosts.values.map(\.connectErrors).max() ?? 0 }

    mutating func pass(seconds: Int64) {
        now += seconds
    }

    /// Connections that are opened and dropped before the handshake, as a health check does.
    mutating func drop(_ count: UInt64 = 1, from address: String) {
        abortedConnects += count
        guard settings.hostCacheSize > 0 else { return }
        var host = hosts[address] ?? Host(firstSeen: now)
        let counted = min(count, limit - min(limit, host.connectErrors))
        host.connectErrors += counted
        host.handshakeErrors += counted
        arrived += counted
        host.refused += count - counted
        refused += count - counted
        host.firstError = host.firstError ?? now
        host.lastError = now
        hosts[address] = host
    }

    /// A login that succeeds unless the address is blocked.
    mutating func login(from address: String) {
        var host = hosts[address] ?? Host(firstSeen: now)
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
        statusFlushed = now
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
        started = now
        statusFlushed = now
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
                firstSeenSecond: 1_000_000 + host.firstSeen,
                firstErrorAge: host.firstError.map { .seconds(now - $0) },
                lastErrorAge: host.lastError.map { .seconds(now - $0) }
            )
        }
        var seen = Observation(
            instant: .seconds(now),
            identity: "orders",
            uptime: .seconds(now - started),
            serverSecond: 1_000_000 + now,
            settings: settings,
            rows: settings.showsHostCache ? rows : [],
            abortedConnects: abortedConnects
        )
        seen.countedSince = .seconds(statusFlushed - started)
        seen.flushCommands = flushCommands
        return seen
    }
}
