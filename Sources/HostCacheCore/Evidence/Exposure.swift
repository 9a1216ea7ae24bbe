/// Whether a server can block hosts, and whether that can be seen.
package enum Exposure: Hashable, Sendable {
    /// The mechanism is off: nobody is ever blocked, and an empty table says nothing.
    case cannotBlock(Cause)
    /// Hosts are counted and blocked unseen.
    ///
    /// `host_cache` reads as empty and `TRUNCATE` does nothing, or the account may not read it.
    case blind
    /// The table shows every counted host.
    case visible

    /// What turned the mechanism off.
    package enum Cause: Hashable, Sendable {
        /// `skip_name_resolve = ON`: `ip_to_hostname` is never called (`sql/sql_connect.cc`, both flavours).
        case skipNameResolve
        /// `host_cache_size = 0`: no entry is kept, so none is counted (`sql/hostname.cc`, both flavours).
        case hostCacheSizeZero

        /// As the server's option file writes it.
        package var setting: String {
            switch self {
            case .skipNameResolve: "skip_name_resolve = ON"
            case .hostCacheSizeZero: "host_cache_size = 0"
            }
        }
    }
}

extension Exposure {
    /// Decides from the settings and from whether the table had rows.
    ///
    /// A row is proof that the table shows the cache, whatever the version list says.
    package init(settings: ServerSettings, hasRows: Bool) {
        if settings.skipNameResolve {
            self = .cannotBlock(.skipNameResolve)
        } else if settings.hostCacheSize == 0 {
            self = .cannotBlock(.hostCacheSizeZero)
        } else if settings.showsHostCache || hasRows {
            self = .visible
        } else {
            self = .blind
        }
    }

    /// Whether the server can block anyone.
    package var canBlock: Bool {
        if case .cannotBlock = self { false } else { true }
    }
}
