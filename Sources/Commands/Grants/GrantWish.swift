package import Configuration
package import HostCacheCore

/// What a configuration asks of an account, for the statements that grant it.
package struct GrantWish: Hashable, Sendable {
    /// The user to grant it to.
    package var user: String
    /// Names of the servers that ask for it; empty without a configuration.
    package var servers: [String]
    package var flushes: Bool
    /// The statement that is wanted; nil leaves the choice to flavour and version.
    package var flushWith: FlushStatement?
    package var raises: Bool

    /// All that hostcached does by default.
    package init(user: String) {
        self.user = user
        servers = []
        flushes = true
        raises = true
    }

    /// What one server of the configuration asks for.
    package init(_ server: DaemonConfiguration.Server) {
        user = server.user
        servers = [server.name]
        flushes = server.actions.contains(.flush)
        flushWith =
            switch server.flushWith {
            case .auto: nil
            case .flush: .flush
            case .truncate: .truncate
            case .resize: .resize
            }
        raises = server.actions.contains(.raise) && server.raiseWith != .never
    }

    /// The wishes of these servers, those that are the same as one, in the order of the first.
    package static func all(of servers: [DaemonConfiguration.Server]) -> [GrantWish] {
        servers.reduce(into: []) { wishes, server in
            var wish = GrantWish(server)
            let known = wishes.firstIndex { other in
                wish.servers = other.servers
                return wish == other
            }
            if let known {
                wishes[known].servers.append(server.name)
            } else {
                wish.servers = [server.name]
                wishes.append(wish)
            }
        }
    }
}
