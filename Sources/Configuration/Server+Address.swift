extension DaemonConfiguration.Server {
    /// Where the server listens.
    ///
    /// Prints as `host:port`, an IPv6 address in brackets, or as the socket's path.
    package enum Address: Hashable, Sendable {
        /// A host name or an IP address as written, and a port from 1.
        case tcp(host: String, port: UInt16)
        /// A unix socket's absolute path.
        case socket(path: String)
    }
}

extension DaemonConfiguration.Server.Address: CustomStringConvertible {
    package var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .socket(let path): path
        }
    }
}

extension DaemonConfiguration.Server.Address {
    /// Whether the traffic stays on this machine: a socket, 127.0.0.0/8, ::1 or `localhost`.
    package var isLocal: Bool {
        switch self {
        case .tcp(let host, _): host.lowercased() == "localhost" || IPAddress(host)?.isLoopback == true
        case .socket: true
        }
    }

    /// The same for two spellings of one address: case, a closing dot and the forms of an IP address.
    var canonical: Self {
        switch self {
        case .tcp(let host, let port):
            let name = host.hasSuffix(".") ? String(host.dropLast()) : host
            return .tcp(host: IPAddress(host)?.description ?? name.lowercased(), port: port)
        case .socket:
            return self
        }
    }
}
