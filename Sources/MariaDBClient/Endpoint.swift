/// Where a server is, and how it may be talked to.
package struct Endpoint: Hashable, Sendable {
    /// Where the server listens.
    package enum Address: Hashable, Sendable {
        /// A host name or IP address (IPv6 without brackets) and a port.
        ///
        /// "localhost" is looked up like any other name; it never means the Unix socket.
        case tcp(host: String, port: UInt16)

        /// The path of a Unix socket.
        case socket(path: String)
    }

    /// What protects the connection.
    package enum TLS: Hashable, Sendable {
        /// Plain text, even when the server offers TLS.
        case disabled

        /// TLS or no connection: the certificate chain and the host name are both checked.
        ///
        /// `caFile` is read at each connect. Nil: the system's CAs, as OpenSSL finds them
        /// (`SSL_CERT_FILE` and `SSL_CERT_DIR` move them).
        case verifyIdentity(caFile: String?)

        /// TLS or no connection: the certificate must have exactly this fingerprint, whoever issued it and
        /// for whatever name.
        ///
        /// SHA-1, 40 hexadecimal digits: libmariadb 3.3 compares no other (`ma_pvio_tls_compare_fp` in
        /// `ma_tls.c`). A fingerprint names a certificate that exists; finding another one with the same
        /// SHA-1 (a second preimage) is out of reach, unlike making two of one's own that collide.
        case fingerprint(String)
    }

    /// Where the server listens.
    package var address: Address

    /// What protects the connection.
    package var tls: TLS

    /// The local address to connect from, or nil for the kernel's choice; no effect on a Unix socket.
    package var sourceAddress: String?

    /// How long a connect may take as a whole: name resolution, TLS and login included.
    package var connectTimeout: Duration

    /// How long one statement may take as a whole, with the reading of its rows.
    package var queryTimeout: Duration

    /// Describes a server; nothing is looked up or opened.
    package init(
        address: Address,
        tls: TLS,
        sourceAddress: String?,
        connectTimeout: Duration,
        queryTimeout: Duration
    ) {
        self.address = address
        self.tls = tls
        self.sourceAddress = sourceAddress
        self.connectTimeout = connectTimeout
        self.queryTimeout = queryTimeout
    }
}

extension Endpoint {
    /// The host as libmariadb is to have it: where it compares the certificate with the name, without a closing dot,
    /// which is no part of any certificate's name (RFC 6125, section 6.4); empty for a socket.
    ///
    /// Elsewhere the dot stays: it keeps search domains out.
    var hostToConnect: String {
        guard case .tcp(let host, _) = address else { return "" }
        guard case .verifyIdentity = tls, host.hasSuffix("."), host.count > 1 else { return host }
        return String(host.dropLast())
    }
}

extension Endpoint.Address: CustomStringConvertible {
    /// As people write it: `db.example:3306`, `[::1]:3306` or the socket's path.
    package var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .socket(let path): path
        }
    }
}
