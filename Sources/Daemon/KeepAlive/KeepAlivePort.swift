/// The outside world of one server's keep-alive logins.
package struct KeepAlivePort: Sendable {
    /// The addresses of a name or address, as ``NameResolver`` gives them.
    package var resolve: @Sendable (_ name: String) async throws -> Set<String>
    /// Logs in through an address, asks what the server sees of us (the host part of `USER()`: a name or an
    /// address), and disconnects; throws ``ServerFailure`` or `CancellationError`.
    package var login: @Sendable (_ address: String) async throws -> String
    /// The same of a direct connection to the server.
    package var directHost: @Sendable () async throws -> String
    /// The addresses of this machine's interfaces; throws ``ResolutionFailure``.
    package var interfaces: @Sendable () throws -> Set<String>
    /// Whether the password of now has been let in: until then only one login at a time is tried.
    package var isProven: @Sendable () -> Bool

    package init(
        resolve: @escaping @Sendable (_ name: String) async throws -> Set<String>,
        login: @escaping @Sendable (_ address: String) async throws -> String,
        directHost: @escaping @Sendable () async throws -> String,
        interfaces: @escaping @Sendable () throws -> Set<String>,
        isProven: @escaping @Sendable () -> Bool
    ) {
        self.resolve = resolve
        self.login = login
        self.directHost = directHost
        self.interfaces = interfaces
        self.isProven = isProven
    }
}
