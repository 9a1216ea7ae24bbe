/// Everything one look at one server brought.
package struct Observation: Hashable, Sendable {
    /// When it was made, on the process's own monotonic scale.
    package var instant: Duration
    /// What names this server process, also behind a host name that leads to another one later.
    package var identity: String
    /// `Uptime`: time since the server process started.
    package var uptime: Duration
    /// The server's UTC clock in whole seconds, read in the same round.
    package var serverSecond: Int64
    package var settings: ServerSettings
    /// The rows of the host cache; empty when it is empty or cannot be seen.
    package var rows: [HostCacheRow]
    /// `Aborted_connects`: no host has more errors than this.
    ///
    /// Not `Aborted_connects_preauth`, which misses logins that break off after the auth switch (tried on MariaDB).
    package var abortedConnects: UInt64
    /// What the account may do.
    package var privileges = Privileges.unknown
    /// How long the server had been up when ``abortedConnects`` began at zero.
    ///
    /// `Uptime` less `Uptime_since_flush_status`; zero where the server does not say.
    package var countedSince = Duration.zero
    /// `Com_flush`: statements of every kind of FLUSH; nil where the server does not say.
    package var flushCommands: UInt64?
    /// `Connections`: connections tried since the server started; nil where the server does not say.
    ///
    /// `FLUSH STATUS` leaves it alone, so it falls with a restart only.
    package var connections: UInt64?
    /// `@@port`: the TCP port the server itself listens on, whatever the way to it; nil where it does not say.
    package var port: UInt16?
    /// How much of the table ``rows`` is.
    package var reading = RowReading.complete

    package init(
        instant: Duration,
        identity: String,
        uptime: Duration,
        serverSecond: Int64,
        settings: ServerSettings,
        rows: [HostCacheRow],
        abortedConnects: UInt64
    ) {
        self.instant = instant
        self.identity = identity
        self.uptime = uptime
        self.serverSecond = serverSecond
        self.settings = settings
        self.rows = rows
        self.abortedConnects = abortedConnects
    }

    /// What this look alone shows.
    package var exposure: Exposure { exposure(hasRows: !rows.isEmpty) }

    /// What it shows, where the table is known to have had rows or not.
    func exposure(hasRows: Bool) -> Exposure {
        let shown = Exposure(settings: settings, hasRows: hasRows)
        // Rows that cannot be read are there all the same.
        return shown == .visible && (privileges.maySee == false || reading.isUnreadable) ? .blind : shown
    }

    /// The limit in force: `max_connect_errors`.
    package var limit: UInt64 { settings.maxConnectErrors }

    /// When the server process started, on the scale of ``instant``.
    package var serverStart: Duration { instant - uptime }

    /// Whether the server process was restarted after `earlier`: its `Uptime` fell or its start moved, and the
    /// counters fell too.
    ///
    /// `Uptime` follows the server's wall clock, which people and NTP set; a process begins to count at zero. Where
    /// the server does not tell ``connections``, `Uptime` alone decides.
    package func isAnotherLife(since earlier: Observation) -> Bool {
        guard uptime < earlier.uptime || serverStart > earlier.serverStart + Self.waver else { return false }
        guard let connections, let before = earlier.connections else { return true }
        let counted = flushCommands.map { $0 < earlier.flushCommands ?? 0 } ?? false
        return connections < before || abortedConnects < earlier.abortedConnects || counted
    }

    /// The same look with the uptime that goes on from `earlier` in the same life, where the server's clock was set.
    func continuing(_ earlier: Observation) -> Observation {
        let jump = serverStart - earlier.serverStart
        guard jump > Self.waver || jump < .zero - Self.waver else { return self }
        var same = self
        same.uptime = earlier.uptime + (instant - earlier.instant)
        return same
    }

    /// `Uptime` has whole seconds and a round trip takes up to a few, so the computed start wavers.
    private static let waver = Duration.seconds(15)
}
