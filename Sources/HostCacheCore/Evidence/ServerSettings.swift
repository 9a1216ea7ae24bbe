/// The global variables that decide whether and how a server blocks hosts.
package struct ServerSettings: Hashable, Sendable {
    package var version: ServerVersion
    /// `@@performance_schema`.
    package var performanceSchema: Bool
    /// `@@skip_name_resolve`.
    package var skipNameResolve: Bool
    /// `@@global.host_cache_size`, 0 to 65536.
    package var hostCacheSize: UInt64
    /// `@@global.max_connect_errors`: the limit, 1 or more.
    package var maxConnectErrors: UInt64
    /// `@@wsrep_on`: a node of a Galera or Percona XtraDB Cluster, where `TRUNCATE` is replicated.
    package var isGalera = false
    /// Whether it looks like HeatWave MySQL, where changing the limit may cut its Query PrivateLink off.
    package var isHeatWave = false
    /// `@@global.transaction_read_only`: whether new sessions begin read-only.
    package var beginsReadOnly = false

    package init(
        version: ServerVersion,
        performanceSchema: Bool,
        skipNameResolve: Bool,
        hostCacheSize: UInt64,
        maxConnectErrors: UInt64
    ) {
        self.version = version
        self.performanceSchema = performanceSchema
        self.skipNameResolve = skipNameResolve
        self.hostCacheSize = hostCacheSize
        self.maxConnectErrors = maxConnectErrors
    }

    /// Whether `performance_schema.host_cache` shows and truncates the host cache.
    ///
    /// With the performance schema on it always does. Off, it does where the table is marked perpetual:
    /// MySQL 8.0.44 and 9.6 are (`table_host_cache.cc`, `true, /* perpetual */`), MySQL 5.7, 8.0.17 and
    /// MariaDB 10.5 to 11.8 are not. The versions between 8.0.17 and 8.0.44 were not read, so they count
    /// as not.
    package var showsHostCache: Bool {
        performanceSchema || (version.flavour == .mysql && version.isAtLeast(8, 0, 44))
    }
}
