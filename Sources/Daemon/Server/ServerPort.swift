package import HostCacheCore

/// One server as the loop sees it: the only way to look at it and to act on it.
package struct ServerPort: Sendable {
    /// Opens a connection; throws ``ServerFailure``, or `CancellationError`.
    package var connect: @Sendable () async throws -> ServerConnection

    package init(connect: @escaping @Sendable () async throws -> ServerConnection) {
        self.connect = connect
    }
}

/// One connection to one server; it never reconnects by itself.
package struct ServerConnection: Sendable {
    /// Takes one look; throws ``ServerFailure``, or `CancellationError`.
    package var observe: @Sendable () async throws -> Observation
    /// Sends one statement that changes something; throws as ``observe``.
    package var execute: @Sendable (_ sql: String) async throws -> Void
    /// Takes the server's lock when it is free and says who holds it; throws as ``observe``.
    ///
    /// Only for a daemon that flushes: ``Policy/seeksLeadership``.
    package var seekLeadership: @Sendable () async throws -> Leadership
    /// Who holds the server's lock, in words; nil when nobody does.
    ///
    /// Takes nothing; throws as ``observe``.
    package var leader: @Sendable () async throws -> String?
    /// Ends the connection; does nothing when it is gone.
    package var close: @Sendable () async -> Void
    /// The server's IP address in the text form that ``NameResolver`` has; nil on a socket.
    package var peer: String?

    package init(
        observe: @escaping @Sendable () async throws -> Observation,
        execute: @escaping @Sendable (_ sql: String) async throws -> Void,
        seekLeadership: @escaping @Sendable () async throws -> Leadership,
        leader: @escaping @Sendable () async throws -> String?,
        close: @escaping @Sendable () async -> Void,
        peer: String? = nil
    ) {
        self.observe = observe
        self.execute = execute
        self.seekLeadership = seekLeadership
        self.leader = leader
        self.close = close
        self.peer = peer
    }
}
